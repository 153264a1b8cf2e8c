import ELK from 'elkjs/lib/elk.bundled.js';
import fc from 'fast-check';
import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import { edge, graphOf, node } from '../../__testUtils__/graph';
import { syntheticGraph } from '../../__testUtils__/syntheticGraph';
import { viewSteps, type Levels } from '../levels';
import type { Rectangle } from '../scene/types';
import { runWhole } from '../slices';
import { arrange, placeAll, type ArrangeOptions } from './arrange';
import { createElkLayout } from './elkLayout';
import { MARK_EXTENTS, moved } from './extents';
import { isSameStructure, layoutInputSteps } from './layoutInput';
import { depthsOf, layeredLayout } from './layeredLayout';
import { isClose } from './spread';
import type { Corners } from './types';

const OPEN: Levels = { depth: 'workload', except: [] };
const NOTHING: ArrangeOptions = { refined: new Map(), pins: new Map() };

function layOut(
  graph: MeshGraph,
  options: Partial<ArrangeOptions> = {},
  levels = OPEN,
) {
  const view = runWhole(viewSteps(graph, levels));
  const input = runWhole(layoutInputSteps(view));
  const { arrangement, refinable } = arrange(input, { ...NOTHING, ...options });
  return {
    view,
    arrangement,
    refinable,
    layout: placeAll(input, arrangement, 1),
  };
}

function overlapping(rectangles: Rectangle[]): number {
  return rectangles.reduce(
    (count, one, index) =>
      count +
      rectangles.slice(index + 1).filter(other => isClose(one, other, -1))
        .length,
    0,
  );
}

const small = syntheticGraph(60, 3);

describe('arrange', () => {
  it('puts marks into their boxes, and nothing on anything else', () => {
    const { layout, view } = layOut(small);
    const cells = [...layout.marks.values()].map(place =>
      moved(place, MARK_EXTENTS.node),
    );
    expect(cells).toHaveLength(60);
    expect(overlapping(cells)).toBe(0);
    expect(overlapping([...layout.boxes.values()])).toBe(0);
    for (const mark of view.marks) {
      const box = layout.boxes.get(mark.parent ?? '');
      const place = layout.marks.get(mark.id);
      expect(place && box && place.x > box.x && place.y > box.y).toBe(true);
    }
  });

  it('puts callers before whom they call', () => {
    const nodes = ['a', 'b', 'c'].map(id => ({ id, width: 10, height: 10 }));
    const corners = layeredLayout({
      nodes,
      edges: [
        [0, 1],
        [1, 2],
        [0, 2],
      ],
    });
    const x = (id: string) => corners.get(id)?.x ?? NaN;
    expect(x('a')).toBeLessThan(x('b'));
    // By the shortest way: what is called both ways is not far out.
    expect(x('b')).toBe(x('c'));
    expect(
      depthsOf(4, [
        [0, 1],
        [1, 0],
        [2, 3],
      ]),
    ).toEqual([0, 1, 0, 1]);
    expect(depthsOf(1, [])).toEqual([-1]);
  });

  it('takes the layouts that a worker found, and only asks for those it lacks', async () => {
    const layered = createElkLayout(new ELK());
    const first = layOut(small);
    const refined = new Map<string, Corners>();
    for (const { key, graph } of first.refinable) {
      refined.set(key, await layered(graph));
    }
    expect(refined.size).toBeGreaterThan(1);
    const second = layOut(small, { refined });
    // The boxes have other sizes now, so that only how they lie is asked again.
    expect(second.refinable.length).toBeLessThanOrEqual(1);
    expect(
      overlapping(
        [...second.layout.marks.values()].map(place =>
          moved(place, MARK_EXTENTS.node),
        ),
      ),
    ).toBe(0);
  });

  it('leaves what the viewer placed where it is', () => {
    const [mark] = small.nodes;
    const pins = new Map([[mark.id, { x: 900, y: 40 }]]);
    const { arrangement } = layOut(small, { pins });
    const group = `${mark.cluster}/${mark.namespace}`;
    expect(arrangement.get(group)?.places.get(mark.id)).toEqual({
      x: 900,
      y: 40,
    });
    const again = layOut(small, { pins, old: arrangement });
    expect(again.arrangement.get(group)?.places.get(mark.id)).toEqual({
      x: 900,
      y: 40,
    });
  });

  it('opens a box where it stood', () => {
    const closed: Levels = { depth: 'namespace', except: [] };
    const before = layOut(small, {}, closed);
    const id = 'kepler/team-001';
    const after = layOut(
      small,
      { old: before.arrangement },
      { ...closed, except: [id] },
    );
    const stood = before.layout.marks.get(id);
    const box = after.layout.boxes.get(id);
    if (!stood || !box) {
      throw new Error('the box has no place');
    }
    expect(box.x + box.width / 2).toBeCloseTo(stood.x, 0);
    expect(box.y + box.height / 2).toBeCloseTo(stood.y, 0);
    const others = [...after.layout.marks]
      .filter(([mark]) => !mark.startsWith(`${id}/`))
      .map(([, place]) => moved(place, MARK_EXTENTS.closed));
    expect(others.some(other => isClose(other, box, 0))).toBe(false);
  });

  it.each([
    [80, 11],
    [300, 11],
    [300, 23],
    [320, 37],
    [350, 41],
    [400, 59],
  ])(
    'keeps %i marks (world %i) where they are when one comes or goes',
    (count, seed) => {
      const graph = syntheticGraph(count, seed);
      const before = layOut(graph);
      const width = Math.max(
        ...[...before.layout.boxes.values()].map(box => box.x + box.width),
      );
      fc.assert(
        fc.property(
          fc.nat(count - 1),
          fc.nat(count - 1),
          fc.constantFrom('node', 'edge'),
          fc.constantFrom('comes', 'goes'),
          (at, other, what, how) => {
            const changed = change(graph, { at, other, what, how });
            const after = layOut(changed, { old: before.arrangement });
            const distances = [...before.layout.marks].flatMap(([id, from]) => {
              const to = after.layout.marks.get(id);
              return to ? [Math.hypot(to.x - from.x, to.y - from.y)] : [];
            });
            const still = distances.filter(far => far < width * 0.05).length;
            expect(distances.length).toBeGreaterThanOrEqual(count - 1);
            expect(still / distances.length).toBeGreaterThanOrEqual(0.95);
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});

function change(
  graph: MeshGraph,
  how: { at: number; other: number; what: string; how: string },
): MeshGraph {
  const one = graph.nodes[how.at];
  const two = graph.nodes[how.other];
  const added = node(`${one.namespace}/newcomer`, 'healthy');
  if (how.what === 'edge') {
    return how.how === 'comes'
      ? { ...graph, edges: [...graph.edges, edge(one, two, { id: 'new' })] }
      : { ...graph, edges: graph.edges.filter((_, index) => index !== how.at) };
  }
  return how.how === 'comes'
    ? {
        ...graph,
        nodes: [...graph.nodes, added],
        edges: [...graph.edges, edge(one, added)],
      }
    : {
        ...graph,
        nodes: graph.nodes.filter(item => item !== one),
        edges: graph.edges.filter(
          item => item.source !== one.id && item.target !== one.id,
        ),
      };
}

describe('structure', () => {
  const view = (graph: MeshGraph, levels = OPEN) =>
    runWhole(viewSteps(graph, levels));

  it('is the same for other rates, and another for other marks, lines or boxes', () => {
    const base = view(small);
    expect(isSameStructure(base, view(syntheticGraph(60, 3)))).toBe(true);
    expect(
      isSameStructure(base, view({ ...small, edges: small.edges.slice(1) })),
    ).toBe(false);
    expect(
      isSameStructure(base, view({ ...small, nodes: small.nodes.slice(1) })),
    ).toBe(false);
    expect(
      isSameStructure(base, view(small, { depth: 'namespace', except: [] })),
    ).toBe(false);
  });

  it('lifts edges to where their ends part', () => {
    const a = node('x/a', 'healthy');
    const b = node('x/b', 'healthy');
    const c = node('y/c', 'healthy');
    const input = runWhole(
      layoutInputSteps(
        view(
          graphOf([a, b, c], [edge(a, b), edge(a, c), edge(b, c), edge(c, c)]),
        ),
      ),
    );
    expect(input.children.map(({ id }) => id)).toEqual([
      'kepler/x',
      'kepler/y',
    ]);
    expect(input.edges).toEqual([[0, 1]]);
    const [first, second] = input.children;
    expect(first.kind === 'group' && first.edges).toEqual([[0, 1]]);
    expect(second.kind === 'group' && second.edges).toEqual([]);
  });
});
