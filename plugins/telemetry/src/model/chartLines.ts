import {
  CHART_COLOURS,
  SERIES_COLOURS,
  type ChartThreshold,
  type TimeSeries,
} from '@orrery/backstage-plugin-orrery-react';
import type {
  Chart,
  ChartSeries,
} from '@orrery/backstage-plugin-telemetry-common';

/** A chart as `TimeChart` takes it. */
export type ChartLines = {
  timeMilliseconds: number[];
  series: TimeSeries[];
  thresholds: ChartThreshold[];
};

function isBound({ role }: ChartSeries): boolean {
  return role === 'limit' || role === 'request';
}

/**
 * Aligns the lines of a chart on the grid that they were asked for: where a
 * line says nothing there is a gap. Limits and requests become levels.
 */
export function chartLines(
  chart: Chart,
  grid: {
    fromMilliseconds: number;
    toMilliseconds: number;
    stepSeconds: number;
  },
  words: { limit: string; request: string },
): ChartLines {
  const step = grid.stepSeconds * 1000;
  const timeMilliseconds: number[] = [];
  for (
    let time = grid.fromMilliseconds;
    time <= grid.toMilliseconds;
    time += step
  ) {
    timeMilliseconds.push(time);
  }
  const align = (points: ChartSeries['points']) => {
    const values = new Map(points);
    return timeMilliseconds.map(time => values.get(time) ?? null);
  };
  const thresholds = chart.series.filter(isBound).flatMap(series => {
    const last = series.points.at(-1);
    return last
      ? [
          {
            value: last[1],
            title: series.role === 'limit' ? words.limit : words.request,
            colour:
              series.role === 'limit'
                ? CHART_COLOURS.negative
                : CHART_COLOURS.neutral,
          },
        ]
      : [];
  });
  const series = chart.series
    .filter(line => !isBound(line))
    .map((line, index) => ({
      id: line.name,
      title: line.name,
      values: align(line.points),
      ...(line.previous && { previous: align(line.previous) }),
      colour: SERIES_COLOURS[index % SERIES_COLOURS.length],
    }));
  return { timeMilliseconds, series, thresholds };
}
