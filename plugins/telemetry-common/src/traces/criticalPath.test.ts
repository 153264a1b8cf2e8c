import fc from 'fast-check';
import { half } from './__testUtils__/half';
import { assembleTrace } from './assembleTrace';
import { criticalPath, stretchOfSpan } from './criticalPath';
import { spanTree } from './spanTree';
import { visibleRows, waterfallRows } from './waterfall';
import { readZipkinSpan } from './zipkinSpans';

const EPOCH = 1_700_000_000_000;

function treeOf(...reports: ReturnType<typeof half>[]) {
  return assembleTrace('1', reports.map(readZipkinSpan)).spans;
}

const sequential = () =>
  treeOf(
    half('SERVER', 'a.n', '1', [0, 100]),
    half('CLIENT', 'a.n', '2', [10, 30], { parentId: '1' }),
    half('CLIENT', 'a.n', '3', [15, 50], { parentId: '1' }),
    half('CLIENT', 'a.n', '4', [70, 20], { parentId: '1' }),
  );

describe('criticalPath', () => {
  it('is what the end waited for', () => {
    const { critical, selfMilliseconds } = criticalPath(spanTree(sequential()));
    const relative = [...critical].map(([position, stretches]) => [
      position,
      stretches.map(({ from, to }) => [from - EPOCH, to - EPOCH]),
    ]);
    expect(relative).toEqual([
      [
        0,
        [
          [90, 100],
          [65, 70],
          [0, 10],
        ],
      ],
      [3, [[70, 90]]],
      [2, [[15, 65]]],
      [1, [[10, 15]]],
    ]);
    expect(selfMilliseconds).toEqual([25, 30, 50, 20]);
  });

  it('is one for a trace of ten thousand calls within each other', () => {
    const spans = treeOf(
      ...Array.from({ length: 10_000 }, (_, index) =>
        half(
          'CLIENT',
          'a.n',
          (index + 1).toString(16),
          [index, 20_000 - 2 * index],
          {
            parentId: index === 0 ? undefined : index.toString(16),
          },
        ),
      ),
    );
    const { rows } = waterfallRows(spans);
    expect(rows).toHaveLength(10_000);
    expect(rows.at(-1)?.depth).toBe(9_999);
  });

  it('covers the root exactly once, whatever the trace', () => {
    const call = fc.record({
      parent: fc.nat(30),
      start: fc.nat(1000),
      duration: fc.nat(1000),
    });
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 30 }), calls => {
        const spans = treeOf(
          ...calls.map(({ parent, start, duration }, index) =>
            half('CLIENT', 'a.n', String(index + 1), [start, duration], {
              parentId: index === 0 ? undefined : String((parent % index) + 1),
            }),
          ),
        );
        const tree = spanTree(spans);
        const { critical, selfMilliseconds } = criticalPath(tree);
        const root = stretchOfSpan(tree.nodes[0].span);
        const sum = [...critical.values()]
          .flat()
          .reduce((total, { from, to }) => total + to - from, 0);
        expect(sum).toBeCloseTo((root?.to ?? 0) - (root?.from ?? 0), 3);
        tree.nodes.forEach(({ span }, position) => {
          const self = selfMilliseconds[position] ?? -1;
          expect(self).toBeGreaterThanOrEqual(0);
          expect(self).toBeLessThanOrEqual(
            (span.durationMilliseconds ?? 0) + 0.001,
          );
        });
      }),
    );
  });
});

describe('visibleRows', () => {
  it('leaves out what is below a closed row', () => {
    const { rows } = waterfallRows(sequential());
    expect(visibleRows(rows, new Set())).toEqual([0, 1, 2, 3]);
    expect(visibleRows(rows, new Set([rows[0].span.id]))).toEqual([0]);
  });
});
