import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody, CardHeader, Skeleton, Text } from '@backstage/ui';
import { ProblemPanel, useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useCanaryLink } from '../../hooks/useCanaryLink';
import { useMyWaitingCanaries } from '../../hooks/useMyWaitingCanaries';
import { deliveryTranslationRef } from '../../translation';
import { VersionChip } from '../CanaryScreen/VersionChip';
import { PhaseMark } from '../DeliveryPage/PhaseMark';
import styles from './WaitingCanariesCard.module.css';

/** Canaries that go no further without the viewer. @public */
export function WaitingCanariesCard() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const link = useCanaryLink();
  const { canaries, error } = useMyWaitingCanaries();
  return (
    <Card>
      <CardHeader>
        <Text as="h2" variant="title-x-small">
          {t('waiting.title')}
        </Text>
      </CardHeader>
      <CardBody>
        {error && (
          <ProblemPanel
            sources={[
              {
                name: t('waiting.title'),
                state: canaries ? 'stale' : 'failed',
                reason: error.message,
              },
            ]}
            warnings={[]}
          />
        )}
        {!canaries && !error && <Skeleton height={48} />}
        {canaries?.length === 0 && <Text>{t('waiting.none')}</Text>}
        <ul className={styles.list}>
          {canaries?.map(canary => (
            <li key={canary.ref}>
              <div>
                <PhaseMark phase={canary.phase} /> <strong>{canary.app}</strong>{' '}
                {canary.canaryVersion && (
                  <VersionChip side="canary" version={canary.canaryVersion} />
                )}{' '}
                {canary.weights.desired !== undefined &&
                  format.percent(canary.weights.desired / 100)}
              </div>
              <div className={styles.small}>
                {canary.waitsFor?.sentence ?? canary.reason}
                {canary.waitsFor?.since &&
                  ` · ${format.ago(canary.waitsFor.since, Date.now())}`}
              </div>
              <a
                href={link(canary.ref)}
                aria-label={t('waiting.openOf', { name: canary.app })}
              >
                {t('waiting.open')}
              </a>{' '}
              <span className={styles.small}>
                {[canary.ref.split('/')[1], canary.environment]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
