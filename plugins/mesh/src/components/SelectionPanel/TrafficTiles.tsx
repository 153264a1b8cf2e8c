import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Traffic } from '@orrery/backstage-plugin-mesh-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { meshTranslationRef } from '../../translation';
import styles from './SelectionPanel.module.css';

/**
 * The figures of traffic as tiles; what was not measured has none. Each way
 * is named as the caller sees it.
 */
export function TrafficTiles(props: { traffic: Traffic }) {
  const { traffic } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const tiles: [string, string][] = [];
  if (traffic.requestsPerSecond !== undefined) {
    tiles.push(
      [t('panel.rate'), format.rate(traffic.requestsPerSecond)],
      [t('panel.errors'), format.percent(traffic.errorShare)],
      [t('panel.p50'), format.milliseconds(traffic.p50Milliseconds)],
      [t('panel.p95'), format.milliseconds(traffic.p95Milliseconds)],
      [t('panel.p99'), format.milliseconds(traffic.p99Milliseconds)],
    );
  }
  const whereKnown = (
    name: string,
    value: number | undefined,
    text: (value: number) => string,
  ) => {
    if (value !== undefined) {
      tiles.push([name, text(value)]);
    }
  };
  whereKnown(
    t('panel.clientErrors'),
    traffic.clientErrorShare || undefined,
    format.percent,
  );
  whereKnown(
    t('panel.messagesSent'),
    traffic.sentMessagesPerSecond,
    format.rate,
  );
  whereKnown(
    t('panel.messagesReceived'),
    traffic.receivedMessagesPerSecond,
    format.rate,
  );
  whereKnown(
    t('panel.bodiesSent'),
    traffic.requestBytesPerSecond,
    format.bytesPerSecond,
  );
  whereKnown(
    t('panel.bodiesReceived'),
    traffic.responseBytesPerSecond,
    format.bytesPerSecond,
  );
  if (traffic.protocols.includes('tcp')) {
    tiles.push(
      [t('panel.sent'), format.bytesPerSecond(traffic.sentBytesPerSecond)],
      [
        t('panel.received'),
        format.bytesPerSecond(traffic.receivedBytesPerSecond),
      ],
      [t('panel.connections'), format.rate(traffic.connectionsPerSecond)],
    );
  }
  const hasWays =
    traffic.protocols.includes('tcp') ||
    traffic.requestBytesPerSecond !== undefined ||
    traffic.sentMessagesPerSecond !== undefined;
  return tiles.length === 0 ? null : (
    <>
      <dl className={styles.tiles}>
        {tiles.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {hasWays && <p className={styles.note}>{t('panel.ways')}</p>}
    </>
  );
}
