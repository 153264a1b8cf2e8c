import type { LiveWorkload } from '../live/model';
import type { TrafficPolicy } from '../routing/destinationRule';
import {
  destinationRules,
  findSubset,
  trafficPolicy,
} from '../routing/destinationRule';
import { outboundMode } from '../routing/outbound';
import { declarationOf } from '../routing/plan';
import { mutualTlsMode } from '../routing/security';
import type { Endpoint } from '../live/cluster';
import { serviceOfHost, type ConfigIndex } from '../live/config';
import type { AddressedService } from '../telemetry/labels';
import type { FlowContext, RemoteCluster } from './context';
import { findWaypoint } from './waypoint';

/** Endpoints of a workload, here or in another cluster. */
export interface ReachableEndpoint extends Endpoint {
  remote?: RemoteCluster;
}

/** The second half of the way over an egress gateway. */
export interface Onward {
  gateway: LiveWorkload;
  service: AddressedService;
  /** Whether the gateway knows what to do with them. */
  routed: boolean;
}

/** Where requests for a host and subset go at present. */
export interface Target {
  kind: 'service' | 'external' | 'missing' | 'blackhole';
  service: AddressedService;
  policy: TrafficPolicy;
  /** Ready endpoints by workload; the array is replaced when they change. */
  endpoints: readonly ReachableEndpoint[];
  /** The waypoint that this caller's requests go over. */
  waypoint?: LiveWorkload;
  /** The service that was asked for there; its routes may lead to others. */
  addressed?: AddressedService;
  /** Where an egress gateway passes the requests on to. */
  onward?: Onward;
}

const NO_ENDPOINTS: readonly ReachableEndpoint[] = [];

const PASSTHROUGH = 'PassthroughCluster';

/** A host outside as telemetry names it: by the ServiceEntry that covers it, wildcards as they are written. */
export function outsideService(
  config: ConfigIndex,
  host: string,
): AddressedService {
  const declared = declarationOf(config, host);
  return declared
    ? {
        host: declared.host,
        name: declared.host,
        namespace: declared.namespace,
      }
    : { host, name: PASSTHROUGH, namespace: 'unknown' };
}

/** Whether a caller's sidecar lets nothing out that nobody declared. */
function isClosed(
  { cluster }: FlowContext,
  source: LiveWorkload | undefined,
): boolean {
  return (
    source?.dataPlane === 'sidecar' &&
    outboundMode(cluster.config, source) === 'REGISTRY_ONLY'
  );
}

/** Ready endpoints of a service: this cluster's, and where it has none those of the first cluster that has. */
function findEndpoints(
  { cluster, peers }: FlowContext,
  source: LiveWorkload | undefined,
  { namespace, name }: { namespace: string; name: string },
  subset: Readonly<Record<string, string>> | undefined,
): readonly ReachableEndpoint[] | undefined {
  const local = cluster.endpoints(namespace, name, subset);
  // Only a proxy knows of other clusters.
  if (local?.length || !source || source.dataPlane === 'none') return local;
  for (const remote of peers) {
    const found = remote.cluster.endpoints(namespace, name, subset);
    if (found?.length) return found.map(endpoint => ({ ...endpoint, remote }));
  }
  return local;
}

/** What is called: the host and subset that routing leads to, and the host that was asked for. */
export interface AddressedHost {
  host: string;
  authority: string;
  subset?: string;
}

/** Finds where a caller's requests for a host and subset go. */
export function resolveTarget(
  context: FlowContext,
  source: LiveWorkload | undefined,
  { host, authority, subset: subsetName }: AddressedHost,
): Target {
  const { cluster } = context;
  const name = serviceOfHost(host);
  const meshed = source !== undefined && source.dataPlane !== 'none';
  const rules = meshed
    ? destinationRules(cluster.config, host, source.namespace)
    : [];
  const policy = trafficPolicy(rules, subsetName);
  if (name) {
    const subset = findSubset(rules, subsetName);
    const service = { host, ...name };
    const endpoints =
      subset === 'missing'
        ? undefined
        : findEndpoints(context, source, name, subset);
    const addressed = serviceOfHost(authority) ?? name;
    const waypoint = findWaypoint(cluster, source, addressed);
    return {
      kind: endpoints ? 'service' : 'missing',
      service,
      policy,
      // Who has to go over a waypoint cannot get past it.
      endpoints:
        endpoints && waypoint?.readyPods !== 0 ? endpoints : NO_ENDPOINTS,
      ...(waypoint && waypoint.readyPods > 0
        ? { waypoint, addressed: { host: authority, ...addressed } }
        : {}),
    };
  }
  const service = outsideService(cluster.config, host);
  if (service.name === PASSTHROUGH && isClosed(context, source)) {
    return {
      kind: 'blackhole',
      service: { ...service, name: 'BlackHoleCluster' },
      policy,
      endpoints: NO_ENDPOINTS,
    };
  }
  return {
    kind: context.externals.has(host) ? 'external' : 'missing',
    service,
    policy,
    endpoints: NO_ENDPOINTS,
  };
}

/** Share of a workload's ready pods that nobody can reach. */
export function unreachableShare(
  context: FlowContext,
  workload: LiveWorkload,
): number {
  let ready = 0;
  let unreachable = 0;
  for (const pod of workload.pods) {
    if (!pod.ready) continue;
    ready++;
    if (context.effects.isUnreachable(pod.nodeName)) unreachable++;
  }
  return ready === 0 ? 0 : unreachable / ready;
}

/** How a connection from one workload to another is secured. */
export function connectionSecurity(
  source: LiveWorkload | undefined,
  destination: LiveWorkload,
  policy: TrafficPolicy,
  config: ConfigIndex,
): { mutualTls: boolean; refused: boolean } {
  const receives =
    destination.dataPlane === 'sidecar' ||
    destination.dataPlane === 'ambient' ||
    destination.dataPlane === 'gateway' ||
    destination.dataPlane === 'waypoint';
  const sends =
    source !== undefined &&
    source.dataPlane !== 'none' &&
    policy.tlsMode !== 'DISABLE';
  const mutualTls = receives && sends;
  return {
    mutualTls,
    refused:
      receives && !mutualTls && mutualTlsMode(config, destination) === 'STRICT',
  };
}
