import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Skeleton } from '@backstage/ui';
import {
  useFormat,
  useUrlParameter,
} from '@orrery/backstage-plugin-orrery-react';
import {
  waterfallRows,
  type TraceResponse,
} from '@orrery/backstage-plugin-telemetry-common';
import { useMemo } from 'react';
import { useTrace } from '../../hooks/useTraces';
import { telemetryTranslationRef } from '../../translation';
import { HiddenName } from '../Traces';
import { SpanDetails } from './SpanDetails';
import styles from './TraceView.module.css';
import { Waterfall } from './Waterfall';

/** One trace, read by its id. */
export function TraceView(props: { cluster: string; traceId: string }) {
  const { cluster, traceId } = props;
  const { value, error } = useTrace(cluster, traceId);
  if (error) {
    return <Alert status="danger" icon title={error.message} />;
  }
  return value ? (
    <TraceBody cluster={cluster} trace={value} />
  ) : (
    <Skeleton height={320} />
  );
}

/** The waterfall of a trace, and the span that was chosen. */
export function TraceBody(props: { cluster: string; trace: TraceResponse }) {
  const { cluster, trace } = props;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const format = useFormat();
  const [selected, setSelected] = useUrlParameter('span', '');
  const waterfall = useMemo(() => waterfallRows(trace.spans), [trace]);
  const { rows, startMilliseconds, durationMilliseconds } = waterfall;
  const row = rows.find(({ span }) => span.id === selected);
  const errors = rows.filter(({ span }) => span.isError).length;
  const root = rows[0]?.span;
  return (
    <section className={styles.view} aria-label={t('trace.title')}>
      <div className={styles.head}>
        <h2 className={styles.title}>
          {root && <HiddenName name={root.client?.service ?? root.service} />}{' '}
          {root && !root.isHidden && root.name}
        </h2>
        <p className={styles.facts}>
          {t('trace.facts', {
            start: format.instant(startMilliseconds),
            duration: format.milliseconds(durationMilliseconds),
            spans: String(rows.length),
            errors: String(errors),
            id: trace.traceId,
          })}
        </p>
      </div>
      {trace.problems.length > 0 && (
        <Alert
          status="info"
          icon
          title={t('trace.problems')}
          description={trace.problems
            .map(({ kind, spanCount }) =>
              t(`problem.${kind}`, { number: String(spanCount) }),
            )
            .join(' · ')}
        />
      )}
      <div className={styles.body} data-open={row ? '' : undefined}>
        <Waterfall
          waterfall={waterfall}
          selected={selected || undefined}
          onSelect={setSelected}
        />
        {row && (
          <SpanDetails
            cluster={cluster}
            traceId={trace.traceId}
            row={row}
            traceStartMilliseconds={startMilliseconds}
            traceEndMilliseconds={startMilliseconds + durationMilliseconds}
            onClose={() => setSelected('')}
          />
        )}
      </div>
      <p className={styles.legend}>{t('trace.legend')}</p>
    </section>
  );
}
