import { deployment, http, sample } from './__fixtures__/samples';
import { buildGraph } from './buildGraph';
import type { GraphObjects, GraphOptions, GraphSeries } from './types';

const ztunnel = { app: 'ztunnel', connection_security_policy: 'mutual_tls' };
const objects: GraphObjects = {
  workloads: [
    deployment('insight/report', { dataPlane: 'ambient' }),
    deployment('insight/query', { dataPlane: 'ambient' }),
    deployment('insight/waypoint', {
      labels: { 'gateway.istio.io/managed': 'istio.io-mesh-controller' },
    }),
  ],
  pods: [],
  namespaces: [{ name: 'insight', waypoint: 'waypoint' }],
  services: [],
};
const series: GraphSeries = {
  requests: [
    http('insight/report -> insight/query', 4, { reporter: 'waypoint' }),
  ],
  tcpSent: [
    sample('insight/report -> insight/waypoint', 900, ztunnel),
    sample('insight/waypoint -> insight/query', 900, ztunnel),
    sample('insight/report -> insight/query', 900, ztunnel),
    sample('insight/query -> insight/report', 30, ztunnel),
  ],
};

function build(options: Partial<GraphOptions> = {}, from = series) {
  const { nodes, edges } = buildGraph({
    clusters: [{ name: 'kepler', series: from, objects }],
    options: { graphType: 'workload', namespaces: [], ...options },
  });
  const name = (id: string) => id.split('/').pop();
  return {
    nodes,
    edge: (path: string) =>
      edges.find(
        ({ source, target }) => `${name(source)} -> ${name(target)}` === path,
      ),
    node: (wanted: string) => nodes.find(node => node.name === wanted),
    paths: edges.map(
      ({ source, target }) => `${name(source)} -> ${name(target)}`,
    ),
  };
}

describe('ambient', () => {
  it('shows what the waypoint read, not the bytes that carried it', () => {
    const { paths, edge, node } = build();
    expect(paths).toEqual(['query -> report', 'report -> query']);
    expect(edge('report -> query')).toMatchObject({
      reporter: 'waypoint',
      layer: 'l7',
      traffic: { protocols: ['http'], requestsPerSecond: 4 },
    });
    expect(node('query')).toMatchObject({
      layer: 'l7',
      waypoint: 'insight/waypoint',
      health: { state: 'healthy' },
    });
    expect(node('waypoint')).toBeUndefined();
  });

  it('shows waypoints and carriage when asked', () => {
    const { paths, node } = build({ waypoints: true });
    expect(paths).toContain('report -> waypoint');
    expect(paths).toContain('waypoint -> query');
    expect(node('waypoint')?.role).toBe('waypoint');
  });

  it('counts what a sidecar sends through a waypoint once', () => {
    const sent = (to: string, reporter: string) =>
      http(`wealth/order -> insight/${to}`, 7, {
        reporter,
        destination_service: 'query.insight.svc.cluster.local',
        destination_service_name: 'query',
        destination_service_namespace: 'insight',
      });
    const from = {
      requests: [sent('waypoint', 'source'), sent('query', 'waypoint')],
    };
    expect(build({}, from).paths).toEqual(['order -> query']);
    expect(build({ waypoints: true }, from).paths).toEqual([
      'order -> query',
      'order -> waypoint',
    ]);
    // A waypoint that tells nothing hides nothing.
    expect(build({}, { requests: [sent('waypoint', 'source')] }).paths).toEqual(
      ['order -> waypoint'],
    );
  });

  it('never calls L4 only healthy', () => {
    const { edge, node } = build();
    expect(edge('query -> report')).toMatchObject({
      layer: 'l4',
      health: { state: 'unknown' },
    });
    expect(node('report')).toMatchObject({
      layer: 'l4',
      health: {
        state: 'unknown',
        reasons: [expect.stringContaining('L4 only')],
      },
    });
    expect(node('report')?.inbound.errorShare).toBeUndefined();
  });

  it('tells of pods that are missing though only bytes are known', () => {
    const broken = buildGraph({
      clusters: [
        {
          name: 'kepler',
          series,
          objects: {
            ...objects,
            workloads: [
              deployment('insight/report', {
                dataPlane: 'ambient',
                available: 0,
              }),
            ],
          },
        },
      ],
      options: { graphType: 'workload', namespaces: [] },
    });
    expect(
      broken.nodes.find(({ name }) => name === 'report')?.health.state,
    ).toBe('failing');
  });
});
