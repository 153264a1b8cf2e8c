import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody } from '@backstage/ui';
import type { Canary } from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { deliveryTranslationRef } from '../../translation';
import styles from './CanaryHead.module.css';
import { StepTrack } from './StepTrack';
import { VersionChip } from './VersionChip';

/** Which two versions, how traffic is shared, and the steps. */
export function CanaryHead(props: { canary: Canary }) {
  const { canary } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <Card>
      <CardBody>
        <div className={styles.head}>
          <h2 className={styles.title}>
            {canary.canary && canary.canaryVersion ? (
              <>
                {t('canary.title')}{' '}
                <VersionChip side="canary" version={canary.canaryVersion} />{' '}
                {t('canary.against')}{' '}
                <VersionChip side="stable" version={canary.stableVersion} />
              </>
            ) : (
              <>
                {t('canary.oneVersion')}{' '}
                <VersionChip side="stable" version={canary.stable.version} />
              </>
            )}
          </h2>
          <span className={styles.engine}>
            {t('canary.engine', { engine: canary.engineTitle })}
          </span>
        </div>
        <TrafficBar canary={canary} />
        {canary.steps.length > 0 && <StepTrack steps={canary.steps} />}
      </CardBody>
    </Card>
  );
}

function TrafficBar(props: { canary: Canary }) {
  const { weights, canary } = props.canary;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const { desired, observed, observedReason, desiredBy } = weights;
  if (!canary) {
    return null;
  }
  const share = desired ?? observed;
  const words = [
    desired === undefined
      ? t('canary.desiredUnknown')
      : t(desiredBy === 'pods' ? 'canary.desiredPods' : 'canary.desired', {
          percent: format.percent(desired / 100),
        }),
    observed === undefined
      ? t('canary.observedUnknown', { reason: observedReason ?? '' })
      : t('canary.observed', {
          percent: format.percent(observed / 100),
          seconds: String(weights.observedSeconds ?? 60),
        }),
  ];
  return (
    <figure className={styles.traffic}>
      {share !== undefined && (
        <div className={styles.bar} aria-hidden="true">
          <div className={styles.stable} style={{ flexGrow: 100 - share }}>
            {share < 88 &&
              `${format.percent(1 - share / 100)} ${t('canary.stable')}`}
          </div>
          <div className={styles.canary} style={{ flexGrow: share }}>
            {share > 12 &&
              `${format.percent(share / 100)} ${t('canary.canary')}`}
          </div>
          {observed !== undefined && (
            <div
              className={styles.observed}
              style={{ insetInlineStart: `${100 - observed}%` }}
            />
          )}
        </div>
      )}
      <figcaption className={styles.caption}>{words.join(' · ')}</figcaption>
    </figure>
  );
}
