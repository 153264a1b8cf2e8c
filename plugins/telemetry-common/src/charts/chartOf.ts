import type { ChartDefinition, ChartPart } from './chartDefinitions';
import type { Chart, ChartSeries } from './charts';

/** Lines as a store answers them. @public */
export type StoredSeries = {
  metric: Readonly<Record<string, string>>;
  points: readonly { timeMilliseconds: number; value: number }[];
};

/** More lines than this are not told apart; the rest is said to be left out. @public */
export const MOST_CHART_SERIES = 24;

/** What a part was answered, now and for the period before. @public */
export type PartAnswer = {
  part: ChartPart;
  series: readonly StoredSeries[];
  previous?: readonly StoredSeries[];
};

function nameOf(part: ChartPart, { metric }: StoredSeries): string {
  return (part.label && metric[part.label]) || part.name;
}

function pointsOf(series: StoredSeries, shift = 0): [number, number][] {
  return series.points
    .filter(({ value }) => Number.isFinite(value))
    .map(({ timeMilliseconds, value }) => [timeMilliseconds + shift, value]);
}

/** Sum of all values: what was there most comes first. */
function weight({ points }: ChartSeries): number {
  return points.reduce((sum, [, value]) => sum + Math.abs(value), 0);
}

/**
 * Puts a chart together.
 *
 * @param shiftMilliseconds - what moves the period before onto this one
 * @public
 */
export function chartOf(
  definition: ChartDefinition,
  answers: readonly PartAnswer[],
  shiftMilliseconds = 0,
): Chart {
  const { id, group, unit, parts, needs } = definition;
  const all = answers.flatMap(({ part, series, previous }) => {
    const before = new Map(
      (previous ?? []).map(line => [
        nameOf(part, line),
        pointsOf(line, shiftMilliseconds),
      ]),
    );
    const names = new Set(series.map(line => nameOf(part, line)));
    const lines = series.map((line): ChartSeries => {
      const name = nameOf(part, line);
      const then = before.get(name);
      return {
        name,
        role: part.role,
        points: pointsOf(line),
        ...(then && { previous: then }),
      };
    });
    // What was there before and is gone has a dashed line alone; pods come and go by nature.
    const gone = [...before]
      .filter(([name]) => !names.has(name) && part.role === 'version')
      .map(
        ([name, then]): ChartSeries => ({
          name,
          role: part.role,
          points: [],
          previous: then,
        }),
      );
    return [...lines, ...gone];
  });
  const isBound = ({ role }: ChartSeries) =>
    role === 'limit' || role === 'request';
  const told = all.filter(
    ({ points, previous }) => points.length > 0 || previous?.length,
  );
  const lines = told.filter(line => !isBound(line));
  lines.sort((left, right) => weight(right) - weight(left));
  const shown = lines
    .slice(0, MOST_CHART_SERIES)
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  return {
    id,
    group,
    unit,
    series: lines.length > 0 ? [...shown, ...told.filter(isBound)] : [],
    promql: parts.map(({ promql }) => promql).join('\n'),
    ...(lines.length === 0 && {
      emptyReason: `No series of ${needs} matches in this range`,
    }),
    ...(lines.length > MOST_CHART_SERIES && {
      leftOutCount: lines.length - MOST_CHART_SERIES,
    }),
  };
}
