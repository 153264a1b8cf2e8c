import {
  LOG_LEVELS,
  type LogHistogramResponse,
  type LogLevel,
} from '@orrery/backstage-plugin-logs-common';

/** One level's counts, one for each time. */
export type LevelSeries = {
  level: LogLevel;
  values: number[];
  /** Of the period before, as if it had happened then. */
  previous?: number[];
};

/** Counts of a histogram by level, the quietest first; levels without a line are left out. */
export function histogramSeries(histogram: LogHistogramResponse): {
  timeMilliseconds: number[];
  series: LevelSeries[];
} {
  const { buckets, previous, intervalMilliseconds } = histogram;
  const length = histogram.toMilliseconds - histogram.fromMilliseconds;
  const earlier = new Map(
    previous?.map(bucket => [
      Math.floor((bucket.atMilliseconds + length) / intervalMilliseconds),
      bucket,
    ]),
  );
  const before = buckets.map(({ atMilliseconds }) =>
    earlier.get(Math.floor(atMilliseconds / intervalMilliseconds)),
  );
  return {
    timeMilliseconds: buckets.map(({ atMilliseconds }) => atMilliseconds),
    series: [...LOG_LEVELS]
      .reverse()
      .map(level => ({
        level,
        values: buckets.map(({ levels }) => levels[level] ?? 0),
        ...(previous && {
          previous: before.map(bucket => bucket?.levels[level] ?? 0),
        }),
      }))
      .filter(({ values, previous: old }) =>
        [...values, ...(old ?? [])].some(value => value > 0),
      ),
  };
}

/** Lines of each level in a histogram. */
export function countLevels(
  histogram: LogHistogramResponse,
): Partial<Record<LogLevel, number>> {
  const counts: Partial<Record<LogLevel, number>> = {};
  for (const { levels } of histogram.buckets) {
    for (const level of LOG_LEVELS) {
      const count = levels[level] ?? 0;
      if (count > 0) {
        counts[level] = (counts[level] ?? 0) + count;
      }
    }
  }
  return counts;
}
