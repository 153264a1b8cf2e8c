import fc from 'fast-check';
import { edge, graphOf, node } from '../../__testUtils__/graph';
import { seeded, syntheticGraph } from '../../__testUtils__/syntheticGraph';
import { arrange, placeAll } from '../layout/arrange';
import { layoutInputSteps } from '../layout/layoutInput';
import type { Layout } from '../layout/types';
import { viewSteps, type Levels } from '../levels';
import { sceneSteps } from '../scene/buildScene';
import { MARK_RADIUS } from '../scene/footprint';
import type { Point, Scene } from '../scene/types';
import { runWhole } from '../slices';
import { trunkBetween } from './bundles';
import { directRoute } from './direct';
import { Route } from './Route';
import { Routes } from './Routes';

const OPEN: Levels = { depth: 'workload', except: [] };
const circle = (x: number, y: number) => ({
  place: { x, y },
  footprint: 'circle' as const,
});
const apart = (left: Point, right: Point) =>
  Math.hypot(left.x - right.x, left.y - right.y);

function pictureOf(
  graph: Parameters<typeof viewSteps>[0],
  levels = OPEN,
): { scene: Scene; layout: Layout } {
  const view = runWhole(viewSteps(graph, levels));
  const input = runWhole(layoutInputSteps(view));
  const { arrangement } = arrange(input, {
    refined: new Map(),
    pins: new Map(),
  });
  return {
    scene: runWhole(sceneSteps(view)),
    layout: placeAll(input, arrangement, 1),
  };
}

describe('a route', () => {
  const coordinate = fc.integer({ min: -2000, max: 2000 });

  it('leads from rim to rim, and is where it says', () => {
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        fc.pre(Math.hypot(x, y) > 120);
        const route = directRoute(circle(0, 0), circle(x, y));
        expect(apart(route.from, { x: 0, y: 0 })).toBeCloseTo(MARK_RADIUS + 1);
        expect(apart(route.to, { x, y })).toBeCloseTo(MARK_RADIUS + 5);
        expect(route.at(0)).toEqual(route.from);
        expect(apart(route.at(1), route.to)).toBeLessThan(1e-6);
        const { bounds } = route;
        for (const share of [0.1, 0.37, 0.8]) {
          const point = route.at(share);
          expect(route.distanceTo(point)).toBeLessThan(1e-6);
          expect(point.x).toBeGreaterThanOrEqual(bounds.x - 1e-6);
          expect(point.x).toBeLessThanOrEqual(bounds.x + bounds.width + 1e-6);
        }
      }),
    );
  });

  it('keeps the two directions of a pair apart, and loops above a mark', () => {
    const there = directRoute(circle(0, 0), circle(300, 0)).at(0.5);
    const back = directRoute(circle(300, 0), circle(0, 0)).at(0.5);
    expect(Math.abs(there.y - back.y)).toBeGreaterThan(20);
    const loop = directRoute(circle(5, 5), circle(5, 5));
    expect(loop.at(0.5).y).toBeLessThan(5 - MARK_RADIUS);
  });

  it('may be a straight line', () => {
    const route = new Route([
      { x: 0, y: 0 },
      { x: 10, y: 0 },
    ]);
    expect(route.at(0.3)).toEqual({ x: 3, y: 0 });
    expect(route.distanceTo({ x: 5, y: 4 })).toBe(4);
  });
});

describe('routes', () => {
  const graph = syntheticGraph(60, 5);
  const { scene, layout } = pictureOf(graph);

  /** How many marks each line runs over that it does not touch. */
  function crossings(isCareful: boolean): number {
    const routes = new Routes(scene, layout);
    return scene.links.reduce((count, link) => {
      const route = routes.of(link, isCareful);
      const hit = [...layout.marks].filter(
        ([id, place]) =>
          id !== link.source &&
          id !== link.target &&
          (route?.distanceTo(place) ?? 0) < MARK_RADIUS,
      );
      return count + hit.length;
    }, 0);
  }

  it('go round marks that they do not touch', () => {
    const before = crossings(false);
    const after = crossings(true);
    expect(before).toBeGreaterThan(20);
    expect(after).toBeLessThanOrEqual(before * 0.02);
  });

  it('find the line that a walk over all of them finds', () => {
    const routes = new Routes(scene, layout);
    expect(routes.linkAt({ x: 0, y: 0 }, 1)).toBeUndefined();
    for (const link of scene.links) {
      routes.of(link, true);
    }
    runWhole(routes.indexSteps());
    const random = seeded(9);
    const probes = Array.from({ length: 400 }, () => {
      const near = scene.links[Math.floor(random() * scene.links.length)];
      const at = routes.known(near)?.at(random()) ?? { x: 0, y: 0 };
      const point = { x: at.x + random() * 12, y: at.y + random() * 12 };
      const nearest = Math.min(
        ...scene.links.map(
          link => routes.known(link)?.distanceTo(point) ?? Infinity,
        ),
      );
      const id = routes.linkAt(point, 1) ?? '';
      return { nearest, found: routes.known({ id })?.distanceTo(point) };
    }).filter(({ nearest }) => nearest < 8.9);
    expect(probes.length).toBeGreaterThan(200);
    for (const { nearest, found } of probes) {
      expect(found).toBeCloseTo(nearest);
    }
  });

  it('find marks, and nothing in the open', () => {
    const { marks } = new Routes(scene, layout);
    const [[id, place]] = layout.marks;
    expect(marks.nearest({ x: place.x + 15, y: place.y }, 4)?.id).toBe(id);
    expect(marks.nearest({ x: -5000, y: 0 }, 4)).toBeUndefined();
    expect(marks.nearest(place, 4, other => other === id)).toBeUndefined();
  });

  it('bundle what a hub sends to another box', () => {
    const hub = node('edge/gateway', 'healthy');
    const others = ['a', 'b', 'c', 'd'].map(name =>
      node(`wealth/${name}`, 'healthy'),
    );
    const quiet = node('edge/quiet', 'healthy');
    const picture = pictureOf(
      graphOf(
        [hub, quiet, ...others],
        others.map(other => edge(hub, other)),
      ),
    );
    const routes = new Routes(picture.scene, picture.layout);
    const ways = picture.scene.links.map(link => routes.of(link, false));
    const [first] = ways;
    expect(ways).toHaveLength(4);
    for (const way of ways) {
      expect(way?.controls.slice(1, 3)).toEqual(first?.controls.slice(1, 3));
    }
  });
});

describe('trunks', () => {
  const box = { x: 0, y: 0, width: 100, height: 100 };

  it.each([
    ['right', { x: 200, y: 0 }, [100, 200], [50, 50]],
    ['left', { x: -200, y: 50 }, [0, -100], [75, 75]],
    ['below', { x: 0, y: 300 }, [50, 50], [100, 300]],
    ['across', { x: 200, y: 300 }, [100, 200], [100, 300]],
  ])('lead to a box on the %s by facing sides', (_, at, x, y) => {
    const trunk = trunkBetween(box, { ...box, ...at });
    const off = (value: number | undefined, wanted: number) =>
      Math.abs((value ?? NaN) - wanted);
    // Kept to the left of its direction by a lane.
    expect(off(trunk?.leave.x, x[0])).toBeLessThan(10);
    expect(off(trunk?.arrive.x, x[1])).toBeLessThan(10);
    expect(off(trunk?.leave.y, y[0])).toBeLessThan(10);
    expect(off(trunk?.arrive.y, y[1])).toBeLessThan(10);
  });

  it('do not exist between a box and one inside it', () => {
    expect(
      trunkBetween(box, { x: 10, y: 10, width: 20, height: 20 }),
    ).toBeUndefined();
  });
});
