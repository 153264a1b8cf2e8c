import type { FeatureName, GraphNode } from '../../schema/graph';
import { hasTraffic } from './traffic';
import type { FlagOperand, Readers } from './types';

function flag(
  name: string,
  aliases: string[],
  read: Readers<boolean | undefined>,
): FlagOperand {
  return { kind: 'flag', name, aliases, example: name, read };
}

/** Kiali's badge: no feature known is no feature, so that `!vs` finds the rest. */
function feature(
  name: string,
  aliases: string[],
  ...wanted: FeatureName[]
): FlagOperand {
  return flag(name, aliases, {
    node: node =>
      (node.features ?? []).some(item => wanted.includes(item.name)),
  });
}

function isOutsideTheMesh(node: GraphNode): boolean {
  return node.kind === 'external' || node.kind === 'passthrough';
}

/** In the mesh or not; unknown of what is no workload of a cluster. */
function hasProxy(node: GraphNode): boolean | undefined {
  if (isOutsideTheMesh(node) || node.dataPlane === 'unknown') {
    return undefined;
  }
  return node.dataPlane !== 'none';
}

/** In none of the namespaces asked for; false when all were asked for. */
function isOutside(
  node: GraphNode,
  namespaces: ReadonlySet<string>,
): boolean | undefined {
  if (namespaces.size === 0) {
    return false;
  }
  return node.namespace === undefined
    ? isOutsideTheMesh(node) || undefined
    : !namespaces.has(node.namespace);
}

/** Kiali's words: `!healthy` leaves out what is idle or unknown. */
function isHealthy({ health }: GraphNode): boolean | undefined {
  return health.state === 'idle' || health.state === 'unknown'
    ? undefined
    : health.state === 'healthy';
}

function inState(...states: string[]): Readers<boolean | undefined> {
  return {
    node: node => states.includes(node.health.state),
    edge: edge => states.includes(edge.health.state),
  };
}

/**
 * Unary operands. `!` before one finds what is known not to be so: `!mtls`
 * leaves out edges on which nobody reported it. `healthy` is of nodes, as in
 * Kiali; `unhealthy`, `failing` and `degraded` are of edges too. `sidecar`
 * means in the mesh, by sidecar or ambient, as Kiali's badge does.
 */
export const FLAG_OPERANDS: readonly FlagOperand[] = [
  feature('circuitbreaker', ['cb'], 'circuit-breaker'),
  flag('dead', [], { node: node => node.isDead ?? false }),
  feature('faultinjection', ['fi'], 'fault-injection'),
  flag('healthy', [], { node: isHealthy }),
  flag('idle', [], { node: node => node.health.state === 'idle' }),
  flag('inaccessible', [], { node: node => node.kind === 'hidden' }),
  feature('mirroring', [], 'mirroring'),
  flag('outside', ['outsider'], {
    node: (node, _, index) => isOutside(node, index.namespaces),
  }),
  feature('requestrouting', ['rr'], 'request-routing'),
  feature('requesttimeout', ['rto'], 'request-timeout'),
  feature('retries', [], 'retries'),
  flag('serviceentry', ['se'], {
    node: node => node.config.some(name => name.startsWith('ServiceEntry ')),
  }),
  flag('sidecar', ['sc'], { node: hasProxy }),
  feature('tcptrafficshifting', ['tcpts'], 'tcp-traffic-shifting'),
  feature('trafficshifting', ['ts'], 'traffic-shifting'),
  flag('trafficsource', ['root'], {
    node: (_, place, index) =>
      index.inbound[place].length === 0 && index.outbound[place].length > 0,
  }),
  flag('virtualservice', ['vs'], {
    node: node =>
      node.config.some(name => name.startsWith('VirtualService ')) ||
      (node.features ?? []).some(item => item.name === 'virtual-service'),
  }),
  feature('workloadentry', ['we'], 'workload-entry'),
  flag('waypoint', [], { node: node => node.role === 'waypoint' }),
  flag('gateway', ['gw'], { node: node => node.role === 'gateway' }),
  flag('store', [], { node: node => node.role === 'store' }),
  flag('external', [], { node: isOutsideTheMesh }),
  flag('ambient', [], {
    node: ({ dataPlane }) =>
      dataPlane === 'unknown' ? undefined : dataPlane === 'ambient',
  }),
  flag('leaf', [], {
    node: (_, place, index) =>
      index.outbound[place].length === 0 && index.inbound[place].length > 0,
  }),
  flag('skew', [], {
    node: ({ proxies }) => proxies && proxies.versions.length > 1,
  }),
  flag('outofsync', [], {
    node: ({ proxies }) =>
      proxies?.synced === undefined || proxies.connected === undefined
        ? undefined
        : proxies.synced < proxies.connected,
  }),
  flag('failing', [], inState('failing')),
  flag('degraded', [], inState('degraded')),
  flag('unhealthy', [], inState('failing', 'degraded')),
  flag('nodes', [], { node: () => true }),
  flag('edges', [], { edge: () => true }),
  flag('mtls', [], {
    edge: ({ traffic }) =>
      traffic.mutualTlsShare === undefined
        ? undefined
        : traffic.mutualTlsShare > 0,
  }),
  flag('traffic', [], { edge: edge => hasTraffic(edge.traffic) }),
  flag('crossnamespace', [], {
    edge: (_, place, index) => {
      const source = index.nodes[index.sources[place]]?.namespace;
      const target = index.nodes[index.targets[place]]?.namespace;
      return source === undefined || target === undefined
        ? undefined
        : source !== target;
    },
  }),
  flag('crosscluster', [], {
    edge: (_, place, index) => {
      const source = index.nodes[index.sources[place]];
      const target = index.nodes[index.targets[place]];
      return source && target && source.cluster !== target.cluster;
    },
  }),
];
