import type { CanarySide } from './schema';

type Telemetry = NonNullable<CanarySide['telemetry']>;

/** Which two versions of what to ask for. @public */
export type SidesQuery = {
  namespace: string;
  stable: Telemetry;
  canary: Telemetry;
};

/** PromQL's own escapes within double quotes. */
const quoted = (text: string) => JSON.stringify(text);
const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Labels by which answers are told apart. */
const BY = 'destination_workload, destination_version';

/**
 * Requests are counted where they arrive: by the receiver's sidecar, or by
 * the waypoint before it. (ztunnel reports connections only.)
 */
function selector({ namespace, stable, canary }: SidesQuery): string {
  const workloads = [...new Set([stable.workload, canary.workload])]
    .map(literal)
    .join('|');
  return [
    'reporter=~"destination|waypoint"',
    `destination_workload_namespace=${quoted(namespace)}`,
    `destination_workload=~${quoted(workloads)}`,
  ].join(',');
}

/** Selector of one side alone, for queries that people read and open. */
export function sideSelector(namespace: string, side: Telemetry): string {
  return [
    'reporter=~"destination|waypoint"',
    `destination_workload_namespace=${quoted(namespace)}`,
    `destination_workload=${quoted(side.workload)}`,
    ...(side.version === undefined
      ? []
      : [`destination_version=${quoted(side.version)}`]),
  ].join(',');
}

/** Requests of both sides by what became of them. @public */
export function requestsQuery(
  sides: SidesQuery,
  windowSeconds: number,
): string {
  return `sum by (${BY}, response_code, grpc_response_status) (increase(istio_requests_total{${selector(
    sides,
  )}}[${windowSeconds}s]))`;
}

/** Latency buckets of both sides. @public */
export function bucketsQuery(sides: SidesQuery, windowSeconds: number): string {
  return `sum by (${BY}, le) (increase(istio_request_duration_milliseconds_bucket{${selector(
    sides,
  )}}[${windowSeconds}s]))`;
}

/** Requests per second by version of all workloads of a cluster that have canaries. @public */
export function weightsQuery(
  targets: readonly { namespace: string; workload: string }[],
  windowSeconds: number,
): string {
  const pattern = (names: readonly string[]) =>
    quoted([...new Set(names)].sort().map(literal).join('|'));
  const namespaces = pattern(targets.map(({ namespace }) => namespace));
  const workloads = pattern(targets.map(({ workload }) => workload));
  return `sum by (destination_workload_namespace, ${BY}) (rate(istio_requests_total{reporter=~"destination|waypoint",destination_workload_namespace=~${namespaces},destination_workload=~${workloads}}[${windowSeconds}s]))`;
}

/** Codes that count as failures: 5xx, and no answer at all. */
const FAILED = 'response_code=~"5..|0"';

/** What charts show of one side, as PromQL that can be opened elsewhere. @public */
export const HISTORY_QUERIES = {
  requestsPerSecond: (namespace: string, side: Telemetry, window: number) =>
    `sum(rate(istio_requests_total{${sideSelector(
      namespace,
      side,
    )}}[${window}s]))`,
  errorShare: (namespace: string, side: Telemetry, window: number) => {
    const of = sideSelector(namespace, side);
    const all = `sum(rate(istio_requests_total{${of}}[${window}s]))`;
    const failed = `sum(rate(istio_requests_total{${of},${FAILED}}[${window}s]))`;
    const grpc = `sum(rate(istio_requests_total{${of},response_code!~"5..|0",grpc_response_status=~"[1-9]|1[0-6]"}[${window}s]))`;
    return `((${failed} or vector(0)) + (${grpc} or vector(0))) / (${all} > 0)`;
  },
  p95Milliseconds: (namespace: string, side: Telemetry, window: number) =>
    `histogram_quantile(0.95, sum by (le) (rate(istio_request_duration_milliseconds_bucket{${sideSelector(
      namespace,
      side,
    )}}[${window}s])))`,
} as const;

/** Cores and bytes of pods, and how often their containers began anew. @public */
export function usageQueries(
  namespace: string,
  pods: readonly string[],
  windowSeconds: number,
): { cpu: string; memory: string; restarts: string } {
  const of = `namespace=${quoted(namespace)},pod=~${quoted(
    pods.map(literal).join('|'),
  )}`;
  const container = `${of},container!="",container!="POD"`;
  return {
    cpu: `sum by (pod) (rate(container_cpu_usage_seconds_total{${container}}[${windowSeconds}s]))`,
    memory: `sum by (pod) (container_memory_working_set_bytes{${container}})`,
    restarts: `sum by (pod) (increase(kube_pod_container_status_restarts_total{${of}}[${windowSeconds}s]))`,
  };
}

/** Whether requests with these labels failed, as the mesh counts it. @public */
export function isFailure(labels: Readonly<Record<string, string>>): boolean {
  const code = labels.response_code ?? '';
  const status = labels.grpc_response_status ?? '';
  return (
    code === '0' ||
    code.startsWith('5') ||
    (!code.startsWith('4') && /^([1-9]|1[0-6])$/.test(status))
  );
}
