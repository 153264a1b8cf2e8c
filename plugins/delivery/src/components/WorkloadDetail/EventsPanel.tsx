import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { WorkloadEvent } from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { deliveryTranslationRef } from '../../translation';
import styles from './WorkloadDetail.module.css';

/** What Kubernetes tells of a workload and its pods, the newest first. */
export function EventsPanel(props: { events: readonly WorkloadEvent[] }) {
  const { events } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  return (
    <section>
      <h3 className={styles.heading}>{t('workload.events')}</h3>
      {events.length === 0 && <Text>{t('workload.noEvents')}</Text>}
      <ol className={styles.events} tabIndex={events.length > 0 ? 0 : -1}>
        {events.map((event, index) => (
          <li key={`${event.at} ${event.reason} ${index}`}>
            <div>
              {event.type !== 'Normal' && (
                <span className={styles.warning}>{`! ${event.type} `}</span>
              )}
              <strong>{event.reason}</strong>
              {event.count > 1 && ` ×${event.count}`}
            </div>
            <div>{event.message}</div>
            <div className={styles.small}>
              {event.about}
              {event.at && (
                <time dateTime={event.at} title={format.instant(event.at)}>
                  {` · ${format.ago(event.at, Date.now())}`}
                </time>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
