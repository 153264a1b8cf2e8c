import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  TimeMark,
  TimeRange,
} from '@orrery/backstage-plugin-orrery-common';
import { TimeChart } from '@orrery/backstage-plugin-orrery-react';
import type { Chart } from '@orrery/backstage-plugin-telemetry-common';
import { useMemo } from 'react';
import { CHART_FLOORS, useChartWriter } from '../../hooks/useChartWriter';
import { chartLines } from '../../model/chartLines';
import { telemetryTranslationRef } from '../../translation';
import styles from './Metrics.module.css';

/** A part that scrolls must be reachable by keyboard, though nothing in it can be pressed. */
const SCROLLING = { role: 'group', tabIndex: 0 };

/** @public */
export type ChartCardProps = {
  title: string;
  chart: Chart;
  grid: {
    fromMilliseconds: number;
    toMilliseconds: number;
    stepSeconds: number;
  };
  marks?: readonly TimeMark[];
  onSelectRange: (range: TimeRange) => void;
};

/** A chart with its question, or why there is none. */
export function ChartCard(props: ChartCardProps) {
  const { title, chart, grid, marks, onSelectRange } = props;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const write = useChartWriter(chart.unit);
  const limit = t('metrics.limit');
  const request = t('metrics.request');
  const lines = useMemo(
    () => chartLines(chart, grid, { limit, request }),
    [chart, grid, limit, request],
  );
  return (
    <article className={styles.chart} aria-label={title}>
      {chart.emptyReason ? (
        <>
          <strong>{title}</strong>
          <p className={styles.empty}>{chart.emptyReason}</p>
        </>
      ) : (
        <TimeChart
          title={title}
          {...lines}
          range={grid}
          marks={marks}
          write={write}
          floor={CHART_FLOORS[chart.unit]}
          onSelectRange={({ fromMilliseconds, toMilliseconds }) =>
            onSelectRange({
              from: new Date(fromMilliseconds).toISOString(),
              to: new Date(toMilliseconds).toISOString(),
            })
          }
        />
      )}
      {chart.leftOutCount !== undefined && (
        <p className={styles.quiet}>
          {t('metrics.leftOut', { number: String(chart.leftOutCount) })}
        </p>
      )}
      <details className={styles.query}>
        <summary>{t('metrics.query')}</summary>
        <pre {...SCROLLING} aria-label={t('metrics.query')}>
          {chart.promql}
        </pre>
      </details>
    </article>
  );
}
