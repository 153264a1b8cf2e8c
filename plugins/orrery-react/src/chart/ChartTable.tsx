import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Format } from '../format';
import { UNKNOWN } from '../format';
import { TIME_MARK_GLYPHS } from '../marks/timeMarkGlyphs';
import { orreryReactTranslationRef } from '../translation';
import styles from './TimeChart.module.css';
import type { TimeChartProps } from './types';

/** Rows beyond this are not for reading any more. */
const MOST_ROWS = 500;

/** The numbers of a chart, the newest first, and what it marks. */
export function ChartTable(props: { chart: TimeChartProps; format: Format }) {
  const { chart, format } = props;
  const { title, timeMilliseconds, series, thresholds, marks } = chart;
  const { t } = useTranslationRef(orreryReactTranslationRef);
  const write = (value: number | null | undefined) =>
    value === null || value === undefined ? UNKNOWN : chart.write(value);
  const rows = timeMilliseconds
    .map((time, index) => ({ time, index }))
    .reverse()
    .slice(0, MOST_ROWS);
  return (
    <div className={styles.twin}>
      <table className={styles.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{t('chart.time')}</th>
            {series.flatMap(({ id, title: name, previous }) => [
              <th key={id} scope="col">
                {name}
              </th>,
              ...(previous
                ? [
                    <th key={`${id} before`} scope="col">
                      {t('chart.before', { title: name })}
                    </th>,
                  ]
                : []),
            ])}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ time, index }) => (
            <tr key={time}>
              <th scope="row">{format.instant(time)}</th>
              {series.flatMap(({ id, values, previous }) => [
                <td key={id}>{write(values[index])}</td>,
                ...(previous
                  ? [<td key={`${id} before`}>{write(previous[index])}</td>]
                  : []),
              ])}
            </tr>
          ))}
        </tbody>
      </table>
      {timeMilliseconds.length > MOST_ROWS && (
        <p>
          {t('chart.shortened', {
            shown: String(MOST_ROWS),
            all: String(timeMilliseconds.length),
          })}
        </p>
      )}
      <ul className={styles.facts}>
        {thresholds?.map(({ title: meaning, value }) => (
          <li key={`${meaning} ${value}`}>
            {meaning}: {chart.write(value)}
          </li>
        ))}
        {marks?.map((mark, index) => (
          <li key={mark.id ?? `${index} ${mark.title}`}>
            {TIME_MARK_GLYPHS[mark.kind]} {format.instant(mark.atMilliseconds)}{' '}
            {mark.title}
          </li>
        ))}
      </ul>
    </div>
  );
}
