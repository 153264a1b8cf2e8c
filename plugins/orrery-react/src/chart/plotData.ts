import type { TimeChartProps, TimeSeries } from './types';

type Values = (number | null)[];

/** One line or row of bars to draw. */
export type PlotColumn = {
  series: TimeSeries;
  /** Whether it is the period before. */
  isPrevious: boolean;
};

/**
 * What is drawn, in drawing order: periods before lie below everything, and
 * of a stack the sums of most values first, so that none covers another.
 */
export function plotColumns(
  props: Pick<TimeChartProps, 'series' | 'isStacked'>,
): PlotColumn[] {
  const current = props.series.map(series => ({ series, isPrevious: false }));
  return [
    ...props.series
      .filter(({ previous }) => previous)
      .map(series => ({ series, isPrevious: true })),
    ...(props.isStacked ? current.reverse() : current),
  ];
}

/** Each series on top of those before it. What is not known stays a gap. */
export function stack(series: readonly TimeSeries[]): Values[] {
  const sums: number[] = [];
  return series.map(({ values }) =>
    values.map((value, index) => {
      if (value === null) {
        return null;
      }
      sums[index] = (sums[index] ?? 0) + value;
      return sums[index];
    }),
  );
}

/** Times in seconds, then the values of each column, as the plot wants them. */
export function plotData(
  props: Pick<TimeChartProps, 'timeMilliseconds' | 'series' | 'isStacked'>,
): [number[], ...Values[]] {
  const stacked = props.isStacked ? stack(props.series) : undefined;
  return [
    props.timeMilliseconds.map(time => time / 1000),
    ...plotColumns(props).map(({ series, isPrevious }) => [
      ...((isPrevious
        ? series.previous
        : stacked?.[props.series.indexOf(series)]) ?? series.values),
    ]),
  ];
}

/** Whether anything at all was measured. */
export function hasValues(series: readonly TimeSeries[]): boolean {
  return series.some(({ values, previous = [] }) =>
    [...values, ...previous].some(value => value !== null),
  );
}

/** The place of the last time at which any series has a value. */
export function lastKnownIndex(series: readonly TimeSeries[]): number {
  return Math.max(
    -1,
    ...series.map(({ values }) =>
      values.reduce<number>(
        (last, value, index) => (value === null ? last : index),
        -1,
      ),
    ),
  );
}
