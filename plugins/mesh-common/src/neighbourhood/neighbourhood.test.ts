import { buildGraph } from '../graph';
import { http, OBJECTS } from '../graph/__fixtures__/samples';
import type { MeshGraph } from '../schema';
import { neighbourhood } from '.';

const graph: MeshGraph = {
  cluster: 'kepler',
  graphType: 'workload',
  namespaces: [],
  window: 60,
  at: '2026-11-23T10:00:00Z',
  sources: [],
  warnings: [],
  ...buildGraph({
    clusters: [
      {
        name: 'kepler',
        objects: OBJECTS,
        series: {
          requests: [
            http('unknown -> wealth/order', 1, { reporter: 'destination' }),
            http('wealth/order -> wealth/payment-v1', 1),
            http('wealth/payment-v1 -> loan/scoring', 1),
            http('loan/scoring -> loan/contract', 1),
          ],
        },
      },
    ],
    options: { graphType: 'workload', namespaces: [] },
  }),
};

describe('neighbourhood', () => {
  const payment = 'kepler/wealth/Deployment/payment-v1';
  const names = (hops: number) =>
    neighbourhood(graph, [payment], hops).nodes.map(({ name }) => name);

  it('grows by hops in both directions', () => {
    expect(names(0)).toEqual(['payment-v1']);
    expect(names(1).sort()).toEqual(['order', 'payment-v1', 'scoring']);
    expect(names(2).sort()).toEqual([
      'contract',
      'order',
      'payment-v1',
      'scoring',
      'unknown',
    ]);
  });

  it('keeps only edges between what it keeps', () => {
    expect(neighbourhood(graph, [payment], 1).edges).toHaveLength(2);
  });

  it('is empty around nothing', () => {
    expect(neighbourhood(graph, ['gone'], 3).nodes).toEqual([]);
  });
});
