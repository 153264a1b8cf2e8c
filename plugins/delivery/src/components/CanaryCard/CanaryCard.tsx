import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody, CardHeader, Skeleton, Text } from '@backstage/ui';
import { useEntity } from '@backstage/plugin-catalog-react';
import { bindEntity } from '@orrery/backstage-plugin-orrery-common';
import { ProblemPanel, useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { useCanaries } from '../../hooks/useCanaries';
import { useCanaryLink } from '../../hooks/useCanaryLink';
import { canariesOfBinding } from '../../model/canariesOfBinding';
import { deliveryTranslationRef } from '../../translation';
import { VersionChip } from '../CanaryScreen/VersionChip';
import { PhaseMark } from '../DeliveryPage/PhaseMark';
import styles from './CanaryCard.module.css';

/** The canaries of a service in short, on its Overview. */
export function CanaryCard() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const link = useCanaryLink();
  const { entity } = useEntity();
  const binding = useMemo(() => bindEntity(entity), [entity]);
  const { value, error, retry } = useCanaries({
    cluster: binding?.cluster,
    app: binding?.app,
  });
  const canaries = binding && value ? canariesOfBinding(value, binding) : [];
  return (
    <Card>
      <CardHeader>
        <Text as="h2" variant="title-x-small">
          {t('card.title')}
        </Text>
      </CardHeader>
      <CardBody>
        {error && (
          <ProblemPanel
            sources={[
              { name: t('card.title'), state: 'failed', reason: error.message },
            ]}
            warnings={[]}
            onRetry={retry}
          />
        )}
        {!value && !error && <Skeleton height={60} />}
        {value && canaries.length === 0 && <Text>{t('card.none')}</Text>}
        <ul className={styles.list}>
          {canaries.map(canary => (
            <li key={canary.ref}>
              <PhaseMark phase={canary.phase} />{' '}
              {canary.canaryVersion &&
                canary.canaryVersion !== canary.stableVersion && (
                  <VersionChip side="canary" version={canary.canaryVersion} />
                )}{' '}
              <VersionChip side="stable" version={canary.stableVersion} />
              {canary.weights.desired !== undefined &&
                canary.weights.desired > 0 && (
                  <> {format.percent(canary.weights.desired / 100)}</>
                )}
              <div className={styles.reason}>{canary.reason}</div>
              <a href={link(canary.ref)}>{t('card.open')}</a>{' '}
              <span className={styles.reason}>
                {canary.environment} · {canary.engineTitle}
              </span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
