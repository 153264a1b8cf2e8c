import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import { neighbourInDirection } from './keyboard';

const layout = {
  marks: new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 200, y: -50 }],
    ['c', { x: 200, y: 50 }],
    ['far', { x: 900, y: 0 }],
  ]),
  boxes: new Map(),
  revision: 1,
};
const graph = {
  edges: [
    { source: 'a', target: 'far' },
    { source: 'a', target: 'b' },
    { source: 'b', target: 'b' },
  ],
} as MeshGraph;

describe('neighbourInDirection', () => {
  it.each([
    ['a', 'ArrowRight', 'b'],
    ['b', 'ArrowLeft', 'a'],
    ['b', 'ArrowDown', 'c'],
    ['c', 'ArrowUp', 'b'],
    ['b', 'ArrowRight', undefined],
    ['a', 'ArrowLeft', undefined],
    ['a', 'Enter', undefined],
    ['gone', 'ArrowRight', undefined],
  ])('from %s with %s is %s', (id, key, expected) => {
    expect(neighbourInDirection(graph, layout, id, key)).toBe(expected);
  });
});
