import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { QueuedBuild } from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { ReactNode } from 'react';
import { deliveryTranslationRef } from '../../translation';
import { BuildParameters } from './BuildParameters';
import styles from './Builds.module.css';

/** What waits for its turn, and why. */
export function BuildQueue(props: {
  queue: readonly QueuedBuild[];
  renderActions: (item: QueuedBuild) => ReactNode;
}) {
  const { queue, renderActions } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  if (queue.length === 0) {
    return null;
  }
  return (
    <section aria-label={t('build.queue')}>
      <h3 className={styles.heading}>{t('build.queue')}</h3>
      <ul className={styles.queue}>
        {queue.map(item => {
          const { id, since, why, isStuck, parameters } = item;
          return (
            <li key={id} className={styles.waiting}>
              <span className={styles.strong} data-stuck={isStuck}>
                {isStuck ? `! ${t('build.stuck')}` : `… ${t('build.waits')}`}
              </span>
              <span>{why}</span>
              <BuildParameters parameters={parameters} />
              {since && (
                <span className={styles.small} title={format.instant(since)}>
                  {t('build.since', { ago: format.ago(since, Date.now()) })}
                </span>
              )}
              {renderActions(item)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
