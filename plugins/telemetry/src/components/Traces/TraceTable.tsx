import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { TraceSummary } from '@orrery/backstage-plugin-telemetry-common';
import { useMemo } from 'react';
import { sortTraces, type TraceOrder } from '../../model/scatter';
import { telemetryTranslationRef } from '../../translation';
import { HiddenName } from './HiddenName';
import styles from './Traces.module.css';

const SORTED = [
  ['newest', 'traces.column.start'],
  ['slowest', 'traces.column.duration'],
  ['errors', 'traces.column.errors'],
  ['spans', 'traces.column.spans'],
] as const;

/** How many services a row names. */
const NAMED = 4;

/** @public */
export type TraceTableProps = {
  traces: readonly TraceSummary[];
  order: TraceOrder;
  onOrder: (order: TraceOrder) => void;
  onOpen: (traceId: string) => void;
};

/** Traces as rows, the slowest or the failed ones first. */
export function TraceTable(props: TraceTableProps) {
  const { traces, order, onOrder, onOpen } = props;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const format = useFormat();
  const sorted = useMemo(() => sortTraces(traces, order), [traces, order]);
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={t('traces.table')}>
        <thead>
          <tr>
            <th scope="col">{t('traces.column.name')}</th>
            {SORTED.map(([id, label]) => (
              <th
                key={id}
                scope="col"
                data-number=""
                aria-sort={order === id ? 'descending' : undefined}
              >
                <button
                  type="button"
                  className={styles.sort}
                  onClick={() => onOrder(id)}
                >
                  {t(label)}
                  {order === id && ' ↓'}
                </button>
              </th>
            ))}
            <th scope="col">{t('traces.column.version')}</th>
            <th scope="col">{t('traces.column.services')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(trace => (
            <tr key={trace.traceId}>
              <td>
                <button
                  type="button"
                  className={styles.open}
                  onClick={() => onOpen(trace.traceId)}
                >
                  <HiddenName name={trace.rootService} />{' '}
                  <HiddenName name={trace.rootName} />
                </button>
                <div className={styles.quiet}>
                  {trace.traceId.slice(0, 16)}
                  {trace.problems.map(({ kind, spanCount }) => (
                    <span key={kind}>
                      {' · '}
                      {t(`problem.${kind}`, { number: String(spanCount) })}
                    </span>
                  ))}
                </div>
              </td>
              <td data-number="">{format.instant(trace.startMilliseconds)}</td>
              <td data-number="">
                {format.milliseconds(trace.durationMilliseconds)}
              </td>
              <td data-number="">
                {trace.errorCount > 0 ? (
                  <span className={styles.errors}>✕ {trace.errorCount}</span>
                ) : (
                  '0'
                )}
              </td>
              <td data-number="">{trace.spanCount}</td>
              <td>{trace.version ?? ''}</td>
              <td className={styles.quiet}>
                {trace.services.slice(0, NAMED).map(({ name }, index) => (
                  <span key={name}>
                    {index > 0 && ', '}
                    <HiddenName name={name} />
                  </span>
                ))}
                {trace.services.length > NAMED &&
                  ` +${trace.services.length - NAMED}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
