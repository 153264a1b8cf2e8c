import { disorder } from './disorder';
import type { Corners, SizedGraph } from './types';

const graph: SizedGraph = {
  nodes: ['a', 'b', 'c', 'd'].map(id => ({ id, width: 20, height: 20 })),
  edges: [
    [0, 1],
    [2, 3],
  ],
};
const at = (...places: [number, number][]): Corners =>
  new Map(
    places.map(([x, y], index) => [graph.nodes[index].id, { x, y }] as const),
  );
const orderly = at([0, 0], [170, 0], [0, 100], [170, 100]);

describe('disorder', () => {
  it.each([
    ['lines that cross', at([0, 0], [170, 100], [0, 100], [170, 0])],
    ['lines that lead back', at([170, 0], [0, 0], [0, 100], [170, 100])],
    ['lines over nodes', at([0, 0], [170, 0], [85, 0], [170, 100])],
    ['a ribbon', at([0, 0], [1700, 0], [0, 30], [1700, 30])],
  ])('is more for %s', (_, worse) => {
    expect(disorder(worse, graph)).toBeGreaterThan(disorder(orderly, graph));
  });

  it('does not count lines that only meet at an end', () => {
    const fan: SizedGraph = {
      ...graph,
      edges: [
        [0, 1],
        [0, 3],
      ],
    };
    const score = disorder(orderly, fan);
    expect(score).toBeLessThan(2);
  });
});
