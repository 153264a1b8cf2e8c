import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ResolvedTimeRange } from '@orrery/backstage-plugin-orrery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { TraceSummary } from '@orrery/backstage-plugin-telemetry-common';
import { useMemo, useRef } from 'react';
import { useWidth } from '../../hooks/useWidth';
import { scatterOf } from '../../model/scatter';
import { telemetryTranslationRef } from '../../translation';
import styles from './Traces.module.css';

const HEIGHT = 180;
const LEFT = 64;
const TOP = 12;
const BOTTOM = 24;
const PLACES = [0, 0.25, 0.5, 0.75, 1];

/** @public */
export type TraceScatterProps = {
  traces: readonly TraceSummary[];
  range: ResolvedTimeRange;
  onOpen: (traceId: string) => void;
};

/** Latency by time: a dot for each trace, a cross where something failed. The table below is its twin. */
export function TraceScatter(props: TraceScatterProps) {
  const { traces, range, onOpen } = props;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const format = useFormat();
  const hostRef = useRef<HTMLElement>(null);
  const width = useWidth(hostRef, 1000);
  const { points, ticks } = useMemo(
    () => scatterOf(traces, range),
    [traces, range],
  );
  const xOf = (x: number) => LEFT + x * (width - LEFT - 12);
  const yOf = (y: number) => TOP + (1 - y) * (HEIGHT - TOP - BOTTOM);
  const length = range.toMilliseconds - range.fromMilliseconds;
  return (
    <figure ref={hostRef} className={styles.scatter}>
      <svg
        role="img"
        aria-label={t('traces.scatter', { number: String(traces.length) })}
        viewBox={`0 0 ${width} ${HEIGHT}`}
      >
        {ticks.map(({ milliseconds, y }) => (
          <g key={milliseconds}>
            <line
              className={styles.grid}
              x1={LEFT}
              x2={width - 12}
              y1={yOf(y)}
              y2={yOf(y)}
            />
            <text
              className={styles.axis}
              x={LEFT - 6}
              y={yOf(y) + 4}
              textAnchor="end"
            >
              {format.milliseconds(milliseconds)}
            </text>
          </g>
        ))}
        {PLACES.map(place => (
          <text
            key={place}
            className={styles.axis}
            x={xOf(place)}
            y={HEIGHT - 6}
            textAnchor={place === 1 ? 'end' : 'middle'}
          >
            {format.time(range.fromMilliseconds + place * length)}
          </text>
        ))}
        {points.map(({ trace, x, y }) => {
          const at = { x: xOf(x), y: yOf(y) };
          const title = `${trace.rootService} ${
            trace.rootName
          }: ${format.milliseconds(trace.durationMilliseconds)}, ${t(
            'traces.errorCount',
            { number: String(trace.errorCount) },
          )}`;
          const shared = {
            onClick: () => onOpen(trace.traceId),
            'data-trace': trace.traceId,
          };
          return trace.errorCount > 0 ? (
            <path
              key={trace.traceId}
              className={styles.failed}
              d={`M${at.x - 4} ${at.y - 4}l8 8m-8 0l8 -8`}
              {...shared}
            >
              <title>{title}</title>
            </path>
          ) : (
            <circle
              key={trace.traceId}
              className={styles.point}
              cx={at.x}
              cy={at.y}
              r={4}
              {...shared}
            >
              <title>{title}</title>
            </circle>
          );
        })}
      </svg>
    </figure>
  );
}
