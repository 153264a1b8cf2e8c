import fc from 'fast-check';
import { chartDefinitions, podPatternOf } from './chartDefinitions';
import { chartGrid, gridTimes, previousGrid } from './chartGrid';
import { chartOf } from './chartOf';
import { CHART_GROUPS, MOST_CHART_POINTS } from './charts';

const HOUR = 3_600_000;

describe('chartGrid', () => {
  it.each([
    [HOUR / 60, 15],
    [HOUR, 15],
    [6 * HOUR, 120],
    [24 * HOUR, 600],
    [30 * 24 * HOUR, 10_800],
    [400 * 24 * HOUR, 86_400],
  ])('has for %i ms a step of %i s', (length, step) => {
    const to = Date.UTC(2026, 0, 1);
    const { stepSeconds } = chartGrid({
      fromMilliseconds: to - length,
      toMilliseconds: to,
    });
    expect(stepSeconds).toBe(step);
  });

  it('never asks for more points than a chart may have, and covers the range', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_500_000_000_000, max: 1_900_000_000_000 }),
        fc.integer({ min: 1, max: 20 * 365 * 24 * HOUR }),
        (to, length) => {
          const range = { fromMilliseconds: to - length, toMilliseconds: to };
          const grid = chartGrid(range);
          const times = gridTimes(grid);
          expect(times.length).toBeLessThanOrEqual(MOST_CHART_POINTS);
          expect(times.length).toBeGreaterThanOrEqual(2);
          expect(times[0]).toBeLessThanOrEqual(range.fromMilliseconds);
          expect(to - times[times.length - 1]).toBeLessThan(
            grid.stepSeconds * 1000,
          );
          expect(previousGrid(grid).toMilliseconds).toBe(times[0]);
        },
      ),
    );
  });
});

describe('chartDefinitions', () => {
  it('lets no name out of its quotes', () => {
    const charts = chartDefinitions(
      { namespace: 'a"} or up{x="', app: 'b\\', podPattern: 'x' },
      15,
      CHART_GROUPS,
    );
    expect(charts[0].parts[0].promql).toContain(
      'destination_workload_namespace="a\\"} or up{x=\\"",destination_canonical_service="b\\\\"',
    );
    expect(new Set(charts.map(({ id }) => id)).size).toBe(charts.length);
  });

  it('knows pods by how their workloads name them', () => {
    const pattern = new RegExp(
      `^(?:${podPatternOf([
        { kind: 'Deployment', name: 'order.v1' },
        { kind: 'StatefulSet', name: 'order-db' },
      ])})$`,
    );
    expect(pattern.test('order.v1-6d4f9c7b58-x2x9q')).toBe(true);
    expect(pattern.test('order-db-12')).toBe(true);
    expect(pattern.test('orderXv1-6d4f9c7b58-x2x9q')).toBe(false);
    expect(pattern.test('order-db-history-0')).toBe(false);
  });
});

describe('chartOf', () => {
  const [definition] = chartDefinitions(
    { namespace: 'shop', app: 'order', podPattern: 'x' },
    15,
    ['red'],
  );
  const line = (version: string, ...values: number[]) => ({
    metric: { destination_version: version },
    points: values.map((value, index) => ({
      timeMilliseconds: 1000 + index,
      value,
    })),
  });
  const [part] = definition.parts;

  it('moves the period before onto this one, and leaves gaps out', () => {
    const chart = chartOf(
      definition,
      [
        {
          part,
          series: [line('v2', 5, NaN)],
          previous: [line('v2', 4), line('v1', 3)],
        },
      ],
      100,
    );
    expect(chart.series).toEqual([
      { name: 'v1', role: 'version', points: [], previous: [[1100, 3]] },
      {
        name: 'v2',
        role: 'version',
        points: [[1000, 5]],
        previous: [[1100, 4]],
      },
    ]);
  });

  it('says why it is empty, and how many lines it leaves out', () => {
    expect(chartOf(definition, [{ part, series: [] }])).toMatchObject({
      series: [],
      emptyReason: 'No series of istio_requests_total matches in this range',
    });
    const many = Array.from({ length: 30 }, (_, index) =>
      line(`v${index}`, index),
    );
    expect(chartOf(definition, [{ part, series: many }])).toMatchObject({
      leftOutCount: 6,
    });
  });
});
