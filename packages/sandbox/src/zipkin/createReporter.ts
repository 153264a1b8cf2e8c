import { isFailure } from '../simulator/flow/outcome';
import { serviceHost, serviceOfHost } from '../simulator/live/config';
import type { LivePod, LiveWorkload } from '../simulator/live/model';
import { asString } from '../simulator/read';
import type { SimulatedTrace, TracedCall } from '../simulator/traces';
import type { Endpoint, Span } from './span';

/** Port that a gateway's listener is reached on. */
const GATEWAY_PORT = 80;
/** Port of hosts outside unless they say otherwise. */
const OUTSIDE_PORT = 443;

const names = new WeakMap<LiveWorkload, string>();

/** A workload as Istio's proxies call the service that they stand for. */
export function serviceName({ workload }: LivePod): string {
  const known = names.get(workload);
  if (known !== undefined) return known;
  const { canonicalName, namespace } = workload;
  const name = `${canonicalName}.${namespace}`.toLowerCase();
  names.set(workload, name);
  return name;
}

/** Name of what a call is for: the service, or the host outside. */
function hostName(host: string): string {
  const service = serviceOfHost(host);
  return service ? `${service.name}.${service.namespace}` : host;
}

const address = (pod: LivePod) => asString(pod.object.status?.podIP);

/** What a call's caller takes its other side for. */
export function remoteName({ callee, host }: TracedCall): string {
  return callee
    ? `${callee.workload.appName}.${callee.namespace}`
    : hostName(host);
}

function endpoint(name: string, pod?: LivePod, port?: number): Endpoint {
  const ipv4 = pod && address(pod);
  return {
    serviceName: name,
    ...(ipv4 === undefined ? {} : { ipv4 }),
    ...(port === undefined ? {} : { port }),
  };
}

/** Whether a pod's proxy reports spans: ztunnel and programs without a proxy do not. */
export function reports(pod: LivePod | undefined): pod is LivePod {
  const plane = pod?.workload.dataPlane;
  return plane === 'sidecar' || plane === 'gateway';
}

const microseconds = (milliseconds: number) => Math.round(milliseconds * 1000);

/** What Envoy says of a request beside its times. */
function tagsOf(
  { operation, outcome, protocol, requestId, host }: TracedCall,
  pod: LivePod,
  cluster: string,
  upstream: string,
  port: number,
): Record<string, string> {
  const { workload, namespace, name } = pod;
  const isGateway = workload.dataPlane === 'gateway';
  const role = isGateway ? 'router' : 'sidecar';
  const own = {
    component: 'proxy',
    node_id: `${role}~${
      address(pod) ?? ''
    }~${name}.${namespace}~${namespace}.svc.cluster.local`,
    'istio.canonical_service': workload.canonicalName,
    'istio.canonical_revision': workload.canonicalRevision,
    'istio.namespace': namespace,
    'istio.cluster_id': cluster,
    'istio.mesh_id': 'cluster.local',
    upstream_cluster: upstream,
    'upstream_cluster.name': upstream,
    response_flags: outcome.flags,
    ...(isFailure(outcome) ? { error: 'true' } : {}),
  };
  if (protocol === 'tcp') return own;
  const authority = isGateway ? host : `${hostName(host)}:${port}`;
  return {
    ...own,
    'http.method': operation.method,
    'http.url': `http://${authority}${operation.path}`,
    'http.protocol': protocol === 'grpc' ? 'HTTP/2' : 'HTTP/1.1',
    'http.status_code': String(outcome.code),
    'guid:x-request-id': requestId,
    ...(outcome.grpcStatus === undefined
      ? {}
      : { 'grpc.status_code': String(outcome.grpcStatus) }),
  };
}

function clientHalf(
  { id: traceId }: SimulatedTrace,
  call: TracedCall,
  caller: LivePod,
  cluster: string,
): Span {
  const { id, parentId, callee, host, protocol } = call;
  const isGateway = caller.workload.dataPlane === 'gateway';
  const known = callee?.workload.app?.port;
  const port = known ?? (isGateway ? GATEWAY_PORT : OUTSIDE_PORT);
  const subset = callee?.workload.version ?? '';
  const target = callee
    ? serviceHost(callee.namespace, callee.workload.appName)
    : host;
  const remote = remoteName(call);
  return {
    traceId,
    ...(parentId === undefined ? {} : { parentId }),
    id,
    kind: 'CLIENT',
    name: `${isGateway ? target : host}:${port}${
      protocol === 'tcp' ? '' : '/*'
    }`.toLowerCase(),
    timestamp: microseconds(call.startedAt),
    duration: Math.max(microseconds(call.durationMilliseconds), 1),
    localEndpoint: endpoint(serviceName(caller), caller),
    remoteEndpoint: endpoint(remote, callee, port),
    tags: tagsOf(
      call,
      caller,
      cluster,
      `outbound|${port}|${subset}|${target}`,
      port,
    ),
  };
}

function serverHalf(
  { id: traceId }: SimulatedTrace,
  call: TracedCall,
  callee: LivePod,
  cluster: string,
): Span {
  const { id, parentId, caller } = call;
  const port = callee.workload.app?.port ?? GATEWAY_PORT;
  const host = serviceHost(callee.namespace, callee.workload.appName);
  return {
    traceId,
    ...(parentId === undefined ? {} : { parentId }),
    id,
    kind: 'SERVER',
    name: `${host}:${port}/*`.toLowerCase(),
    timestamp: microseconds(call.arrivedAt),
    duration: Math.max(microseconds(call.servedMilliseconds), 1),
    // A proxy names itself alike in both halves; by that they are linked.
    localEndpoint: endpoint(serviceName(callee), callee),
    ...(caller
      ? { remoteEndpoint: endpoint(serviceName(caller), caller) }
      : {}),
    tags: tagsOf(call, callee, cluster, `inbound|${port}||`, port),
    // A caller without a proxy has no half of its own.
    ...(reports(caller) ? { shared: true } : {}),
  };
}

/** What a cluster's proxies report of a trace. */
export type Reporter = (trace: SimulatedTrace) => Span[];

/**
 * Spans as Istio's Envoys report them: both ends of a call under one id.
 * What goes over TCP or to the outside has only the caller's half, and calls
 * between workloads without such a proxy have none.
 */
export function createReporter(
  cluster: string,
  isMine: (pod: LivePod) => boolean,
): Reporter {
  return trace =>
    trace.calls.flatMap(call => {
      const { caller, callee, protocol } = call;
      const halves: Span[] = [];
      if (reports(caller) && isMine(caller)) {
        halves.push(clientHalf(trace, call, caller, cluster));
      }
      if (protocol !== 'tcp' && reports(callee) && isMine(callee)) {
        halves.push(serverHalf(trace, call, callee, cluster));
      }
      return halves;
    });
}
