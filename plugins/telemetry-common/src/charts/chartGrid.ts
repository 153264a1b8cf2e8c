import { MOST_CHART_POINTS } from './charts';

/** Steps that people can read, in seconds. */
const STEPS = [
  15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200,
  86_400,
];
/** A chart of some 800 pixels shows no more. */
const WANTED_POINTS = 240;

/** The instants of a chart, all on one grid, so that viewers share them. @public */
export type ChartGrid = {
  fromMilliseconds: number;
  toMilliseconds: number;
  stepSeconds: number;
};

/**
 * Chooses the step of a range: the smallest readable one with no more points
 * than a chart shows, and never more than {@link MOST_CHART_POINTS}.
 *
 * @public
 */
export function chartGrid(range: {
  fromMilliseconds: number;
  toMilliseconds: number;
}): ChartGrid {
  const seconds = Math.max(
    1,
    (range.toMilliseconds - range.fromMilliseconds) / 1000,
  );
  const day = 86_400;
  const stepSeconds =
    STEPS.find(step => seconds / step <= WANTED_POINTS) ??
    Math.ceil(seconds / (MOST_CHART_POINTS - 2) / day) * day;
  const step = stepSeconds * 1000;
  const toMilliseconds = Math.floor(range.toMilliseconds / step) * step;
  const fromMilliseconds = Math.min(
    Math.floor(range.fromMilliseconds / step) * step,
    toMilliseconds - step,
  );
  return { fromMilliseconds, toMilliseconds, stepSeconds };
}

/** The instants of a grid, both ends included. @public */
export function gridTimes(grid: ChartGrid): number[] {
  const step = grid.stepSeconds * 1000;
  const count =
    Math.round((grid.toMilliseconds - grid.fromMilliseconds) / step) + 1;
  return Array.from(
    { length: count },
    (_, index) => grid.fromMilliseconds + index * step,
  );
}

/** The grid of the period before, of the same length. @public */
export function previousGrid(grid: ChartGrid): ChartGrid {
  const length = grid.toMilliseconds - grid.fromMilliseconds;
  return {
    ...grid,
    fromMilliseconds: grid.fromMilliseconds - length,
    toMilliseconds: grid.toMilliseconds - length,
  };
}
