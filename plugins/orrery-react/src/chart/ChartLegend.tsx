import type { Format } from '../format';
import { UNKNOWN } from '../format';
import { lastKnownIndex } from './plotData';
import styles from './TimeChart.module.css';
import type { TimeChartProps } from './types';

/** Each series' colour, name and value: under the crosshair, else the last. */
export function ChartLegend(props: {
  chart: TimeChartProps;
  format: Format;
  /** The place of the time under the crosshair. */
  pointedIndex: number | undefined;
}) {
  const { chart, format, pointedIndex } = props;
  const { timeMilliseconds, series } = chart;
  const index = pointedIndex ?? lastKnownIndex(series);
  const write = (value: number | null | undefined) =>
    value === null || value === undefined ? UNKNOWN : chart.write(value);
  const time =
    pointedIndex === undefined ? undefined : timeMilliseconds[pointedIndex];
  return (
    <span className={styles.legend}>
      {time !== undefined && <span>{format.time(time)}</span>}
      {series.map(({ id, title, colour, values, previous }) => (
        <span key={id}>
          <i className={styles.swatch} style={{ background: colour }} />
          {title}: {write(values[index])}
          {previous && (
            <span className={styles.previous}> ({write(previous[index])})</span>
          )}
        </span>
      ))}
    </span>
  );
}
