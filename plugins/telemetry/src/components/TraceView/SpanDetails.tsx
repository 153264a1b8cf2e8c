import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, ButtonLink } from '@backstage/ui';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { WaterfallRow } from '@orrery/backstage-plugin-telemetry-common';
import { RiCloseLine } from '@remixicon/react';
import {
  logQueryOfSpan,
  logsOfSpan,
  meshOfSpan,
  podOfSpan,
} from '../../model/links';
import { telemetryTranslationRef } from '../../translation';
import { HiddenName } from '../Traces';
import { SpanLogs } from './SpanLogs';
import styles from './TraceView.module.css';

/** @public */
export type SpanDetailsProps = {
  cluster: string;
  traceId: string;
  row: WaterfallRow;
  traceStartMilliseconds: number;
  traceEndMilliseconds: number;
  onClose: () => void;
};

/** Everything that a span tells, and where to go from it. */
export function SpanDetails(props: SpanDetailsProps) {
  const { cluster, traceId, row, traceStartMilliseconds: start } = props;
  const { span, served, durationMilliseconds } = row;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const format = useFormat();
  const logs = logsOfSpan(cluster, traceId, span);
  const logQuery = logQueryOfSpan(cluster, traceId, span);
  const mesh = meshOfSpan(cluster, span, props.traceEndMilliseconds);
  const criticalMilliseconds = row.critical.reduce(
    (sum, { from, to }) => sum + to - from,
    0,
  );
  const facts: [string, string | undefined][] = [
    [t('span.kind'), t(`span.kinds.${span.kind}`)],
    [t('span.offset'), format.milliseconds(row.offsetMilliseconds)],
    [t('span.duration'), format.milliseconds(durationMilliseconds)],
    [
      t('span.served'),
      served && format.milliseconds(served.durationMilliseconds),
    ],
    [
      t('span.between'),
      served && durationMilliseconds !== undefined
        ? format.milliseconds(
            Math.max(0, durationMilliseconds - served.durationMilliseconds),
          )
        : undefined,
    ],
    [t('span.self'), format.milliseconds(row.selfMilliseconds)],
    [t('span.critical'), format.milliseconds(criticalMilliseconds)],
    [t('span.pod'), podOfSpan(span)],
    [t('span.id'), span.id],
  ];
  const caller = span.client?.service;
  return (
    <aside className={styles.details} aria-label={t('span.title')}>
      <ButtonIcon
        size="small"
        variant="tertiary"
        icon={<RiCloseLine />}
        aria-label={t('span.close')}
        onPress={props.onClose}
        style={{ float: 'right' }}
      />
      <h3>
        {caller && (
          <>
            <HiddenName name={caller} />
            {' → '}
          </>
        )}
        <HiddenName name={span.service} />
        {!span.isHidden && ` ${span.name}`}
      </h3>
      {span.isHidden && <p>{t('span.hidden')}</p>}
      <div className={styles.links}>
        {logs && (
          <ButtonLink size="small" variant="secondary" href={logs}>
            {t('span.logs')}
          </ButtonLink>
        )}
        {mesh && (
          <ButtonLink size="small" variant="secondary" href={mesh}>
            {t('span.mesh')}
          </ButtonLink>
        )}
      </div>
      <dl className={styles.facts2}>
        {facts.map(
          ([name, value]) =>
            value !== undefined && (
              <Fact key={name} name={name} value={value} />
            ),
        )}
      </dl>
      {span.events.length > 0 && <h4>{t('span.events')}</h4>}
      <dl className={styles.tags}>
        {span.events.map(({ atMilliseconds, text }) => (
          <Fact
            key={`${atMilliseconds} ${text}`}
            name={format.milliseconds(atMilliseconds - start)}
            value={text}
          />
        ))}
      </dl>
      {logQuery && <SpanLogs query={logQuery} />}
      <Tags title={t('span.tags')} tags={span.tags} />
      {span.client && (
        <Tags title={t('span.clientTags')} tags={span.client.tags} />
      )}
    </aside>
  );
}

function Fact(props: { name: string; value: string }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </>
  );
}

function Tags(props: {
  title: string;
  tags: Readonly<Record<string, string>>;
}) {
  const entries = Object.entries(props.tags).sort(([left], [right]) =>
    left < right ? -1 : 1,
  );
  return entries.length === 0 ? null : (
    <>
      <h4>{props.title}</h4>
      <dl className={styles.tags}>
        {entries.map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
    </>
  );
}
