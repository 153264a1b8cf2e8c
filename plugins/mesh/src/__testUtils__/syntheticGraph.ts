import type {
  GraphEdge,
  GraphNode,
  MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import type { HealthState } from '@orrery/backstage-plugin-orrery-common';
import { graphOf } from './graph';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const PER_NAMESPACE = 25;
const HUBS = 0.02;
const INSIDE = 0.7;

function stateOf(chance: number): HealthState {
  if (chance < 0.01) {
    return 'failing';
  }
  return chance < 0.04 ? 'degraded' : 'healthy';
}

function trafficAt(random: () => number): GraphEdge['traffic'] {
  const chance = random();
  const errorShare = stateOf(chance) === 'healthy' ? 0 : 0.2 * random();
  const requestsPerSecond = Math.exp(random() * 7 - 1);
  return {
    protocols: [random() < 0.8 ? 'http' : 'grpc'],
    requestsPerSecond,
    errorShare,
    responses: [
      {
        protocol: 'http',
        code: '200',
        flags: '-',
        error: false,
        requestsPerSecond: requestsPerSecond * (1 - errorShare),
      },
      {
        protocol: 'http',
        code: '503',
        flags: 'UF',
        error: true,
        requestsPerSecond: requestsPerSecond * errorShare,
      },
    ],
    p50Milliseconds: 3 + random() * 20,
    p95Milliseconds: 20 + random() * 400,
    p99Milliseconds: 60 + random() * 900,
    mutualTlsShare: 1,
  };
}

/**
 * A mesh of any size: 25 workloads to a namespace, twice as many edges as
 * nodes, seven in ten of them inside a namespace, one node in fifty a hub
 * that a third of all edges lead to.
 */
export function syntheticGraph(count: number, seed = 1): MeshGraph {
  const random = seeded(seed);
  const namespaces = Math.max(1, Math.round(count / PER_NAMESPACE));
  const nodes = Array.from({ length: count }, (_, index): GraphNode => {
    const namespace = `team-${String(index % namespaces).padStart(3, '0')}`;
    const name = `service-${String(index).padStart(4, '0')}`;
    const state = stateOf(random());
    const inbound = trafficAt(random);
    return {
      id: `kepler/${namespace}/Deployment/${name}`,
      kind: 'workload',
      workloadKind: 'Deployment',
      cluster: 'kepler',
      namespace,
      name,
      app: name,
      version: 'v1',
      versions: ['v1'],
      dataPlane: 'sidecar',
      pods: { desired: 2, available: 2 },
      services: [name],
      config: [],
      inbound,
      outbound: inbound,
      health: { state, reasons: state === 'healthy' ? [] : ['5xx answers'] },
    };
  });
  const hubs = Math.max(1, Math.round(count * HUBS));
  const edges = new Map<string, GraphEdge>();
  const wanted = count * 2;
  for (
    let attempt = 0;
    edges.size < wanted && attempt < wanted * 4;
    attempt++
  ) {
    const from = Math.floor(random() * count);
    const isInside = random() < INSIDE;
    const pick = random() < 0.33 ? random() * hubs : random() * count;
    const to = isInside
      ? (from + namespaces * Math.ceil(random() * PER_NAMESPACE)) % count
      : Math.floor(pick);
    const source = nodes[from];
    const target = nodes[to];
    if (from === to || (isInside && source.namespace !== target.namespace)) {
      continue;
    }
    const id = `${source.id}>${target.id}`;
    const traffic = trafficAt(random);
    edges.set(id, {
      id,
      source: source.id,
      target: target.id,
      traffic,
      reporter: 'destination',
      reported: {
        source: traffic.requestsPerSecond,
        destination: traffic.requestsPerSecond,
      },
      hosts: [`${target.name}.${target.namespace}.svc.cluster.local`],
      health: {
        state: (traffic.errorShare ?? 0) > 0.1 ? 'failing' : 'healthy',
        reasons: [],
      },
    });
  }
  const byId = <T extends { id: string }>(left: T, right: T) =>
    left.id < right.id ? -1 : 1;
  return graphOf(nodes.sort(byId), [...edges.values()].sort(byId));
}
