import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Card, CardBody, Text } from '@backstage/ui';
import type { CanaryEvent } from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { deliveryTranslationRef } from '../../translation';
import styles from './CanaryEvents.module.css';

const FIRST = 8;

/** What happened, the newest first. */
export function CanaryEvents(props: { events: readonly CanaryEvent[] }) {
  const { events } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? events : events.slice(0, FIRST);
  return (
    <Card>
      <CardBody>
        <h3 className={styles.title}>{t('events.title')}</h3>
        {events.length === 0 && <Text>{t('events.none')}</Text>}
        <ol className={styles.list}>
          {shown.map((event, index) => (
            <li key={`${event.at} ${index}`} data-kind={event.kind}>
              <time dateTime={event.at} title={format.instant(event.at)}>
                {format.time(event.at)}
              </time>
              <div>
                <strong>{event.title}</strong>
                {event.detail && ` · ${event.detail}`}
                {event.actor && event.actor !== 'plan' && (
                  <span className={styles.actor}> {event.actor}</span>
                )}
              </div>
            </li>
          ))}
        </ol>
        {events.length > FIRST && (
          <Button
            size="small"
            variant="tertiary"
            onPress={() => setWhole(!isWhole)}
          >
            {isWhole
              ? t('events.less')
              : t('events.more', { number: String(events.length - FIRST) })}
          </Button>
        )}
      </CardBody>
    </Card>
  );
}
