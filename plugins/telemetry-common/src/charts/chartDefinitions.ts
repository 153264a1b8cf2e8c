import type { ChartGroup, ChartSeries, ChartUnit } from './charts';
import { escapeRegex, quotePromql } from './promqlText';

/** What charts are drawn of. @public */
export type ChartSubject = {
  namespace: string;
  /** App by its label; in Istio's words, the canonical service. */
  app: string;
  /** Regular expression of the names of its pods, of past ones too. */
  podPattern: string;
};

/** One question of a chart, and what its lines are called. @public */
export type ChartPart = {
  promql: string;
  role: ChartSeries['role'];
  /** Label that names a line; the part's own name where absent. */
  label?: string;
  name: string;
};

/** @public */
export type ChartDefinition = {
  id: string;
  group: ChartGroup;
  unit: ChartUnit;
  parts: ChartPart[];
  /** Metrics that must be there for it to have lines. */
  needs: string;
};

/** A workload as its pods are named after it. @public */
export type NamedWorkload = { kind: string; name: string };

const POD_SUFFIX: Readonly<Record<string, string>> = {
  Deployment: '-[a-z0-9]{1,10}-[a-z0-9]{5}',
  Rollout: '-[a-z0-9]{1,10}-[a-z0-9]{5}',
  StatefulSet: '-[0-9]+',
  DaemonSet: '-[a-z0-9]{5}',
};

/**
 * Names of the pods of workloads, those that are gone included: metrics of
 * containers do not say whose they are.
 *
 * @public
 */
export function podPatternOf(workloads: readonly NamedWorkload[]): string {
  return workloads
    .map(
      ({ kind, name }) =>
        `${escapeRegex(name)}${POD_SUFFIX[kind] ?? '-[a-z0-9-]+'}`,
    )
    .join('|');
}

const FAILED = 'response_code=~"5..|0"';

function redCharts(subject: ChartSubject, window: string): ChartDefinition[] {
  const requests = [
    'reporter=~"destination|waypoint"',
    `destination_workload_namespace=${quotePromql(subject.namespace)}`,
    `destination_canonical_service=${quotePromql(subject.app)}`,
  ].join(',');
  const by = 'destination_version';
  const rate = (more = '') =>
    `sum by (${by}) (rate(istio_requests_total{${requests}${more}}[${window}]))`;
  const part = (promql: string): ChartPart[] => [
    { promql, role: 'version', label: by, name: 'all' },
  ];
  const quantile = (id: string, value: number): ChartDefinition => ({
    id,
    group: 'red',
    unit: 'milliseconds',
    needs: 'istio_request_duration_milliseconds_bucket',
    parts: part(
      `histogram_quantile(${value}, sum by (${by}, le) (rate(istio_request_duration_milliseconds_bucket{${requests}}[${window}])))`,
    ),
  });
  return [
    {
      id: 'red.rate',
      group: 'red',
      unit: 'requestsPerSecond',
      needs: 'istio_requests_total',
      parts: part(rate()),
    },
    {
      id: 'red.errors',
      group: 'red',
      unit: 'share',
      needs: 'istio_requests_total',
      // Where requests were counted and no failure was, the share is zero.
      parts: part(`(${rate(`,${FAILED}`)} or ${rate()} * 0) / ${rate()}`),
    },
    quantile('red.p50', 0.5),
    quantile('red.p95', 0.95),
    quantile('red.p99', 0.99),
  ];
}

function saturationCharts(
  subject: ChartSubject,
  window: string,
): ChartDefinition[] {
  const pods = `namespace=${quotePromql(subject.namespace)},pod=~${quotePromql(
    subject.podPattern,
  )}`;
  const containers = `${pods},container!="",container!="POD"`;
  const byPod = (inner: string) => `sum by (pod) (${inner})`;
  const perPod = (promql: string): ChartPart => ({
    promql,
    role: 'pod',
    label: 'pod',
    name: 'all',
  });
  const bound = (kind: 'limit' | 'request', resource: string): ChartPart => ({
    promql: `max(${byPod(
      `kube_pod_container_resource_${kind}s{${pods},resource="${resource}"}`,
    )})`,
    role: kind,
    name: kind,
  });
  const chart = (
    id: string,
    unit: ChartUnit,
    needs: string,
    parts: ChartPart[],
  ): ChartDefinition => ({
    id: `saturation.${id}`,
    group: 'saturation',
    unit,
    needs,
    parts,
  });
  const rate = (metric: string, labels: string) =>
    byPod(`rate(${metric}{${labels}}[${window}])`);
  return [
    chart('cpu', 'cores', 'container_cpu_usage_seconds_total', [
      perPod(rate('container_cpu_usage_seconds_total', containers)),
      bound('request', 'cpu'),
      bound('limit', 'cpu'),
    ]),
    chart('throttling', 'share', 'container_cpu_cfs_throttled_periods_total', [
      perPod(
        `${rate(
          'container_cpu_cfs_throttled_periods_total',
          containers,
        )} / ${rate('container_cpu_cfs_periods_total', containers)}`,
      ),
    ]),
    chart('memory', 'bytes', 'container_memory_working_set_bytes', [
      perPod(byPod(`container_memory_working_set_bytes{${containers}}`)),
      bound('request', 'memory'),
      bound('limit', 'memory'),
    ]),
    chart('restarts', 'count', 'kube_pod_container_status_restarts_total', [
      perPod(
        byPod(
          `increase(kube_pod_container_status_restarts_total{${pods}}[${window}])`,
        ),
      ),
    ]),
    chart(
      'received',
      'bytesPerSecond',
      'container_network_receive_bytes_total',
      [perPod(rate('container_network_receive_bytes_total', pods))],
    ),
    chart('sent', 'bytesPerSecond', 'container_network_transmit_bytes_total', [
      perPod(rate('container_network_transmit_bytes_total', pods)),
    ]),
  ];
}

function runtimeCharts(
  subject: ChartSubject,
  window: string,
): ChartDefinition[] {
  const pods = `namespace=${quotePromql(subject.namespace)},pod=~${quotePromql(
    subject.podPattern,
  )}`;
  const chart = (
    id: string,
    unit: ChartUnit,
    needs: string,
    promql: string,
  ): ChartDefinition => ({
    id: `runtime.${id}`,
    group: 'runtime',
    unit,
    needs,
    parts: [{ promql, role: 'pod', label: 'pod', name: 'all' }],
  });
  const sum = (inner: string) => `sum by (pod) (${inner})`;
  return [
    // Micrometer's and the OpenTelemetry agent's names for the JVM.
    chart(
      'jvmHeap',
      'bytes',
      'jvm_memory_used_bytes',
      sum(`jvm_memory_used_bytes{${pods},area="heap"}`),
    ),
    chart(
      'jvmPause',
      'share',
      'jvm_gc_pause_seconds_sum',
      sum(`rate(jvm_gc_pause_seconds_sum{${pods}}[${window}])`),
    ),
    chart(
      'goroutines',
      'count',
      'go_goroutines',
      sum(`go_goroutines{${pods}}`),
    ),
    chart(
      'goHeap',
      'bytes',
      'go_memstats_heap_inuse_bytes',
      sum(`go_memstats_heap_inuse_bytes{${pods}}`),
    ),
    chart(
      'nodeLag',
      'milliseconds',
      'nodejs_eventloop_lag_p99_seconds',
      `max by (pod) (nodejs_eventloop_lag_p99_seconds{${pods}}) * 1000`,
    ),
    chart(
      'nodeHeap',
      'bytes',
      'nodejs_heap_size_used_bytes',
      sum(`nodejs_heap_size_used_bytes{${pods}}`),
    ),
  ];
}

/** Samples arrive every 15 s or so; a rate over less than four is noise. */
const LEAST_WINDOW_SECONDS = 60;

/**
 * The charts of a service.
 *
 * @public
 */
export function chartDefinitions(
  subject: ChartSubject,
  stepSeconds: number,
  groups: readonly ChartGroup[],
): ChartDefinition[] {
  const window = `${Math.max(LEAST_WINDOW_SECONDS, stepSeconds)}s`;
  const makers = {
    red: redCharts,
    saturation: saturationCharts,
    runtime: runtimeCharts,
  };
  return groups.flatMap(group => makers[group](subject, window));
}
