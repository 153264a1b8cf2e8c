import { deployment, http } from './__fixtures__/samples';
import { buildGraph } from './buildGraph';
import type { ClusterInput } from './types';

const across = { source_cluster: 'sh', destination_cluster: 'bj' };
const call = (reporter: string, rate: number) =>
  http('wealth/order -> wealth/payment-v1', rate, { ...across, reporter });

function cluster(
  name: string,
  overrides: Partial<ClusterInput> = {},
): ClusterInput {
  return {
    name,
    series: { requests: [] },
    objects: {
      workloads: [
        deployment(name === 'sh' ? 'wealth/order' : 'wealth/payment-v1'),
      ],
      pods: [],
      services: [],
    },
    ...overrides,
  };
}

function build(...clusters: ClusterInput[]) {
  return buildGraph({
    clusters,
    options: { graphType: 'workload', namespaces: [] },
  });
}

describe('several clusters', () => {
  it('joins both ends of an edge across clusters', () => {
    const { nodes, edges } = build(
      cluster('sh', { series: { requests: [call('source', 10)] } }),
      cluster('bj', { series: { requests: [call('destination', 9.5)] } }),
    );
    expect(edges).toHaveLength(1);
    expect(edges[0]).toMatchObject({
      source: 'sh/wealth/Deployment/order',
      target: 'bj/wealth/Deployment/payment-v1',
      traffic: { requestsPerSecond: 10 },
      reported: { source: 10, destination: 9.5 },
      disagreement: 0.05,
    });
    expect(nodes.map(({ cluster: at }) => at).sort()).toEqual(['bj', 'sh']);
  });

  it('shows the caller of another cluster when only the callee is scraped', () => {
    const { edges } = build(
      cluster('bj', { series: { requests: [call('destination', 9.5)] } }),
    );
    expect(edges[0]).toMatchObject({
      source: 'sh/wealth/Workload/order',
      reporter: 'destination',
      traffic: { requestsPerSecond: 9.5 },
    });
  });

  it('believes the Prometheus of the writer’s own cluster, in any order', () => {
    const stale = { requests: [call('source', 3)] };
    const own = { requests: [call('source', 10)] };
    for (const clusters of [
      [cluster('sh', { series: own }), cluster('bj', { series: stale })],
      [cluster('bj', { series: stale }), cluster('sh', { series: own })],
    ]) {
      expect(build(...clusters).edges[0].traffic.requestsPerSecond).toBe(10);
    }
  });

  it('reads both clusters from one Prometheus that they share', () => {
    const { nodes, edges } = build(
      cluster('sh', {
        series: { requests: [call('source', 10), call('destination', 10)] },
      }),
      cluster('bj', { series: {}, measuredBy: 'sh' }),
    );
    expect(edges[0].reported).toEqual({ source: 10, destination: 10 });
    expect(nodes.map(({ health }) => health.state)).toEqual([
      'healthy',
      'healthy',
    ]);
  });

  it('calls nodes of a cluster without telemetry unknown, not idle', () => {
    const { nodes } = build(cluster('sh'), cluster('bj', { series: {} }));
    const state = (at: string) =>
      nodes.find(node => node.cluster === at)?.health.state;
    expect(state('sh')).toBe('idle');
    expect(state('bj')).toBe('unknown');
  });
});
