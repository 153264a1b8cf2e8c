import { principal } from '../../world/names';
import type { Protocol } from '../../world/types';
import type { LiveWorkload } from '../live/model';

/** The service a request was addressed to, as Istio's metrics name it. */
export interface AddressedService {
  /** Fully qualified host, or the host header for hosts nobody declared. */
  host: string;
  name: string;
  namespace: string;
}

/** Who counted a request: the caller's proxy, the callee's, or a waypoint between them. */
export type Reporter = 'source' | 'destination' | 'waypoint';

/** One flow of requests or bytes between two workloads, as one of their proxies reports it. */
export interface FlowLabels {
  reporter: Reporter;
  /** The workload whose proxy reports. */
  reportedBy: LiveWorkload | undefined;
  /** Undefined when the reporter cannot know. */
  source: LiveWorkload | undefined;
  destination: LiveWorkload | undefined;
  service: AddressedService;
  protocol: Protocol;
  /** Whether the connection is encrypted and both identities are proven. */
  mutualTls: boolean;
  /** The proxy that reports; ztunnel's series carry its own `app` and `namespace`. */
  proxy: 'envoy' | 'ztunnel';
  sourceCluster: string;
  destinationCluster: string;
  flags: string;
  /** Value of `request_operation`, where a Telemetry object adds that label. */
  operation?: string;
  code?: number;
  grpcStatus?: number;
}

function peer(
  side: 'source' | 'destination',
  workload: LiveWorkload | undefined,
  mutualTls: boolean,
  cluster: string,
): Record<string, string> {
  const label = (name: string) => `${side}_${name}`;
  if (!workload) {
    return {
      [label('workload')]: 'unknown',
      [label('workload_namespace')]: 'unknown',
      [label('app')]: 'unknown',
      [label('version')]: 'unknown',
      [label('canonical_service')]: 'unknown',
      // Istio's default revision, also for peers it knows nothing about.
      [label('canonical_revision')]: 'latest',
      [label('principal')]: 'unknown',
      [label('cluster')]: 'unknown',
    };
  }
  return {
    [label('workload')]: workload.name,
    [label('workload_namespace')]: workload.namespace,
    [label('app')]: workload.labels.app ?? 'unknown',
    [label('version')]: workload.version || 'unknown',
    [label('canonical_service')]: workload.canonicalName,
    [label('canonical_revision')]: workload.canonicalRevision,
    [label('principal')]: mutualTls
      ? principal(workload.namespace, workload.serviceAccount)
      : 'unknown',
    [label('cluster')]: cluster,
  };
}

function securityPolicy(flow: FlowLabels): string {
  // Envoy does not know at the source whether its peer demanded TLS.
  // A waypoint ends tunnels: of the connections inside it knows as little.
  if (flow.proxy === 'envoy' && flow.reporter !== 'destination')
    return 'unknown';
  if (flow.mutualTls) return 'mutual_tls';
  // ztunnel has no word for a connection that it only passes on.
  return flow.proxy === 'ztunnel' ? 'unknown' : 'none';
}

/** Istio's standard labels, plus `job`, `namespace` and `app` as a scrape of the reporting pod adds them. */
export function flowLabels(flow: FlowLabels): Record<string, string> {
  const { reportedBy: reporting } = flow;
  const ztunnel = flow.proxy === 'ztunnel';
  return {
    job: ztunnel ? 'ztunnel' : 'envoy-stats',
    namespace: ztunnel ? 'istio-system' : reporting?.namespace ?? 'unknown',
    app: ztunnel ? 'ztunnel' : reporting?.appName ?? 'unknown',
    reporter: flow.reporter,
    // Scrapes copy the pods' labels; this one alone tells a Rollout's sides apart.
    ...(flow.reporter === 'destination' && !ztunnel && reporting?.rolloutHash
      ? { rollouts_pod_template_hash: reporting.rolloutHash }
      : {}),
    ...peer('source', flow.source, flow.mutualTls, flow.sourceCluster),
    ...peer(
      'destination',
      flow.destination,
      flow.mutualTls,
      flow.destinationCluster,
    ),
    destination_service: flow.service.host,
    destination_service_name: flow.service.name,
    destination_service_namespace: flow.service.namespace,
    request_protocol: ztunnel ? 'tcp' : flow.protocol,
    response_flags: flow.flags,
    connection_security_policy: securityPolicy(flow),
    ...(flow.operation === undefined
      ? {}
      : { request_operation: flow.operation }),
    ...(flow.code === undefined ? {} : { response_code: String(flow.code) }),
    ...(flow.grpcStatus === undefined
      ? {}
      : { grpc_response_status: String(flow.grpcStatus) }),
  };
}
