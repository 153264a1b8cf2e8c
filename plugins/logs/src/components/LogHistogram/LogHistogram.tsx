import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  LOG_LEVELS,
  type LogHistogramResponse,
  type LogLevel,
} from '@orrery/backstage-plugin-logs-common';
import { formatDuration } from '@orrery/backstage-plugin-orrery-common';
import {
  CHART_COLOURS,
  SERIES_COLOURS,
  TimeChart,
  useFormat,
  useTimeMarks,
  type ChartRange,
} from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { countLevels, histogramSeries } from '../../model/histogramSeries';
import { logsTranslationRef } from '../../translation';
import styles from './LogHistogram.module.css';

const COLOURS: Record<LogLevel, string> = {
  fatal: SERIES_COLOURS[3],
  error: CHART_COLOURS.negative,
  warn: CHART_COLOURS.warning,
  info: SERIES_COLOURS[0],
  debug: SERIES_COLOURS[5],
  trace: SERIES_COLOURS[6],
  unknown: CHART_COLOURS.neutral,
};

/** How many lines there were over time, by level. */
export function LogHistogram(props: {
  histogram: LogHistogramResponse;
  cluster: string;
  namespaces: readonly string[];
  /** Levels that are shown; none mean all. */
  chosen: readonly LogLevel[];
  onSelectRange: (range: ChartRange) => void;
}) {
  const { histogram, cluster, namespaces, chosen, onSelectRange } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  const format = useFormat();
  const { fromMilliseconds, toMilliseconds } = histogram;
  const marks = useTimeMarks({
    fromMilliseconds,
    toMilliseconds,
    cluster,
    namespaces,
  });
  const { timeMilliseconds, series } = useMemo(
    () => histogramSeries(histogram),
    [histogram],
  );
  const shown = series.filter(
    ({ level }) => chosen.length === 0 || chosen.includes(level),
  );
  const seconds = Math.max(1, histogram.intervalMilliseconds / 1000);
  return (
    <TimeChart
      title={t('histogram.title')}
      isTitleHidden
      note={t('histogram.note', { interval: formatDuration(seconds) })}
      size="reduced"
      timeMilliseconds={timeMilliseconds}
      series={shown.map(({ level, values, previous }) => ({
        id: level,
        title: t(`level.${level}`),
        values,
        previous,
        colour: COLOURS[level],
        shape: 'bars',
      }))}
      isStacked
      range={{ fromMilliseconds, toMilliseconds }}
      marks={marks.value?.marks}
      write={value => format.number(value)}
      onSelectRange={onSelectRange}
    />
  );
}

/** Levels with their counts; pressed ones are the only ones that are shown. */
export function LevelChips(props: {
  histogram: LogHistogramResponse | undefined;
  chosen: readonly LogLevel[];
  onChange: (levels: LogLevel[]) => void;
}) {
  const { histogram, chosen, onChange } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  const format = useFormat();
  const counts = histogram ? countLevels(histogram) : {};
  const shown = LOG_LEVELS.filter(
    level => chosen.includes(level) || (counts[level] ?? 0) > 0,
  );
  return (
    <div className={styles.chips} role="group" aria-label={t('level.title')}>
      {shown.map(level => {
        const isChosen = chosen.includes(level);
        return (
          <button
            key={level}
            type="button"
            className={styles.chip}
            data-level={level}
            aria-pressed={isChosen}
            onClick={() =>
              onChange(
                isChosen
                  ? chosen.filter(other => other !== level)
                  : [...chosen, level],
              )
            }
          >
            {t(`level.${level}`)}{' '}
            <span className={styles.count}>
              {histogram ? format.number(counts[level] ?? 0) : ''}
            </span>
          </button>
        );
      })}
    </div>
  );
}
