import fc from 'fast-check';
import { graphOf, node, edge } from '../../__testUtils__/graph';
import { syntheticGraph } from '../../__testUtils__/syntheticGraph';
import { runWhole } from '../slices';
import {
  chooseDepth,
  countMarks,
  DEPTHS,
  formatLevels,
  hierarchySteps,
  parseLevels,
  viewSteps,
  withGroup,
  withWayTo,
  type Levels,
} from '.';

const order = node('wealth/order', 'degraded', { app: 'order' });
const payment1 = node('wealth/payment-v1', 'healthy', { app: 'payment' });
const payment2 = node('wealth/payment-v2', 'failing', { app: 'payment' });
const scoring = node('loan/scoring', 'healthy', { app: 'scoring' });
const bank = node('outside/bank', 'idle', { kind: 'external' });
const http = (requestsPerSecond: number, errorShare?: number) => ({
  traffic: {
    protocols: ['http' as const],
    responses: [],
    requestsPerSecond,
    errorShare,
  },
});
const world = graphOf(
  [order, payment1, payment2, scoring, bank],
  [
    edge(order, payment1, http(90, 0)),
    edge(order, payment2, {
      ...http(10, 0.5),
      health: { state: 'failing', reasons: [] },
    }),
    edge(payment1, bank, http(5)),
    edge(payment2, bank, http(3)),
    edge(scoring, order, http(20, 0.1)),
  ],
);
const at = (depth: Levels['depth'], ...except: string[]): Levels => ({
  depth,
  except,
});
const viewed = (levels: Levels, graph = world) =>
  runWhole(viewSteps(graph, levels));
const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id);

describe('view of a graph', () => {
  it('is the graph itself when everything is open', () => {
    const view = viewed(at('workload'));
    expect(idsOf(view.marks)).toEqual(idsOf(world.nodes).sort());
    expect(idsOf(view.links)).toEqual(idsOf(world.edges));
    expect([...view.open.keys()]).toEqual([
      'kepler/wealth',
      'kepler/wealth/app/payment',
      'kepler/loan',
    ]);
  });

  it('lets closed boxes stand for what is in them', () => {
    const view = viewed(at('namespace'));
    expect(idsOf(view.marks)).toEqual([
      'kepler/loan',
      bank.id,
      'kepler/wealth',
    ]);
    const wealth = view.marks.find(({ id }) => id === 'kepler/wealth')?.closed;
    expect(wealth).toMatchObject({
      nodes: 3,
      failing: 1,
      degraded: 1,
      health: 'failing',
    });
    expect(wealth?.total.requestsPerSecond).toBe(120);
    expect(wealth?.inside.requestsPerSecond).toBe(100);
    expect(wealth?.inside.errorShare).toBeCloseTo(0.05);
    const link = view.links.find(({ target }) => target === bank.id);
    expect(link).toMatchObject({ source: 'kepler/wealth', health: 'healthy' });
    expect(link?.traffic.requestsPerSecond).toBe(8);
    // Nobody said how many of these fail.
    expect(link?.traffic.errorShare).toBeUndefined();
    expect(view.markOf(payment2.id)).toBe('kepler/wealth');
    expect(view.markOf(bank.id)).toBe(bank.id);
  });

  it('keeps what fails visible on a closed app, and merges edges to it', () => {
    const view = viewed(at('app'));
    const payment = 'kepler/wealth/app/payment';
    expect(view.marks.find(({ id }) => id === payment)?.closed?.health).toBe(
      'failing',
    );
    const link = view.links.find(({ id }) => id === `${order.id}>${payment}`);
    expect(link?.health).toBe('failing');
    expect(link?.edges).toHaveLength(2);
    expect(link?.traffic.errorShare).toBeCloseTo(0.05);
  });

  it('has boxes for clusters where there are several', () => {
    const other = node('wealth/order', 'healthy', {
      id: 'tycho/wealth/Deployment/order',
      cluster: 'tycho',
    });
    const view = viewed(at('cluster'), graphOf([...world.nodes, other]));
    expect(idsOf(view.marks).slice(0, 1)).toEqual(['kepler']);
    expect(idsOf(view.marks)).toContain('tycho');
  });

  it('conserves rates whatever is closed', () => {
    const graph = syntheticGraph(120, 7);
    const groups = [...runWhole(hierarchySteps(graph.nodes)).groups.keys()];
    const sum = (values: (number | undefined)[]) =>
      values.reduce<number>((total, value) => total + (value ?? 0), 0);
    const all = sum(graph.edges.map(item => item.traffic.requestsPerSecond));
    fc.assert(
      fc.property(
        fc.constantFrom(...DEPTHS),
        fc.subarray(groups),
        (depth, except) => {
          const view = viewed({ depth, except }, graph);
          const shown = sum(
            view.links.map(link => link.traffic.requestsPerSecond),
          );
          const inside = sum(
            view.marks.map(mark => mark.closed?.inside.requestsPerSecond),
          );
          expect(shown + inside).toBeCloseTo(all, 6);
          const nodes = view.marks.reduce(
            (total, mark) => total + (mark.closed?.nodes ?? 1),
            0,
          );
          expect(nodes).toBe(graph.nodes.length);
        },
      ),
    );
  });
});

describe('levels', () => {
  const hierarchy = runWhole(hierarchySteps(world.nodes));
  const wealth = hierarchy.groups.get('kepler/wealth');

  it('open and close one box, and the way to a node', () => {
    if (!wealth) {
      throw new Error('the namespace has no box');
    }
    const opened = withGroup(at('namespace'), wealth, true);
    expect(opened).toEqual(at('namespace', 'kepler/wealth'));
    expect(withGroup(opened, wealth, true)).toBe(opened);
    expect(withGroup(opened, wealth, false)).toEqual(at('namespace'));
    expect(
      viewed(withWayTo(at('namespace'), hierarchy, payment2.id)).markOf(
        payment2.id,
      ),
    ).toBe(payment2.id);
  });

  it('start as deep as marks can still be read', () => {
    expect(countMarks(hierarchy, world.nodes.length)).toEqual({
      cluster: 3,
      namespace: 3,
      app: 4,
      workload: 5,
    });
    expect(chooseDepth(hierarchy, 5, 5)).toBe('workload');
    expect(chooseDepth(hierarchy, 5, 4)).toBe('app');
    expect(chooseDepth(hierarchy, 5, 3)).toBe('namespace');
    const { nodes } = syntheticGraph(1000);
    const large = runWhole(hierarchySteps(nodes));
    expect(chooseDepth(large, nodes.length)).toBe('namespace');
  });

  it('go into a URL and back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DEPTHS),
        fc.array(fc.string({ minLength: 1 })),
        (depth, except) => {
          const levels = { depth, except };
          expect(parseLevels(formatLevels(levels))).toEqual(levels);
        },
      ),
    );
    expect(parseLevels('everything')).toBeUndefined();
    expect(parseLevels('app,%')).toBeUndefined();
    expect(parseLevels(undefined)).toBeUndefined();
  });
});
