import type {
  GraphEdge,
  GraphNode,
  MeshGraph,
  Traffic,
} from '@orrery/backstage-plugin-mesh-common';
import type { HealthState } from '@orrery/backstage-plugin-orrery-common';

/** Nothing was measured. */
export const SILENCE: Traffic = { protocols: [], responses: [] };

/** A Deployment in the mesh, `wealth/order`. */
export function node(
  path: string,
  state: HealthState,
  overrides: Partial<GraphNode> = {},
): GraphNode {
  const [namespace, name] = path.split('/');
  return {
    id: `kepler/${namespace}/Deployment/${name}`,
    kind: 'workload',
    workloadKind: 'Deployment',
    cluster: 'kepler',
    namespace,
    name,
    versions: [],
    dataPlane: 'sidecar',
    services: [],
    config: [],
    inbound: SILENCE,
    outbound: SILENCE,
    health: { state, reasons: [] },
    ...overrides,
  };
}

/** An edge between two nodes. */
export function edge(
  source: GraphNode,
  target: GraphNode,
  overrides: Partial<GraphEdge> = {},
): GraphEdge {
  return {
    id: `${source.id}>${target.id}`,
    source: source.id,
    target: target.id,
    traffic: SILENCE,
    reporter: 'source',
    reported: {},
    hosts: [],
    health: { state: 'healthy', reasons: [] },
    ...overrides,
  };
}

/** A graph of these. */
export function graphOf(
  nodes: GraphNode[],
  edges: GraphEdge[] = [],
): MeshGraph {
  return {
    cluster: 'kepler',
    graphType: 'workload',
    namespaces: [],
    window: 60,
    at: '2026-01-01T00:00:00Z',
    sources: [],
    warnings: [],
    nodes,
    edges,
  };
}
