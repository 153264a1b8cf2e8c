import type { DifferentialCase } from './queries';

const EDGE =
  'source_workload, source_workload_namespace, destination_workload, destination_workload_namespace, destination_version, destination_service_name';

const percentile = (quantile: number) =>
  `histogram_quantile(${quantile}, sum by (le, source_workload, destination_workload, destination_version) (rate(istio_request_duration_milliseconds_bucket{reporter="destination"}[60s])))`;

/** What the mesh graph, and Grafana's Istio and Kubernetes dashboards ask. */
const QUERIES: readonly string[] = [
  // The mesh graph.
  `sum by (${EDGE}, request_protocol, response_code, response_flags) (rate(istio_requests_total{reporter=~"source|waypoint"}[60s])) > 0`,
  `sum by (${EDGE}, response_code)(rate(istio_requests_total{reporter=~"destination|source"}[60s]))`,
  `sum by (${EDGE}, connection_security_policy) (rate(istio_requests_total{reporter="destination"}[5m]))`,
  `sum(rate(istio_requests_total{reporter=~"(destination|waypoint)",destination_workload_namespace=~"shop|finance"}[5m])) by (source_workload, destination_workload) > 0.5`,
  `sum(rate(istio_requests_total{reporter="source",response_code=~"^5\\\\d\\\\d$"}[60s])) by (destination_workload) / sum(rate(istio_requests_total{reporter="source"}[60s])) by (destination_workload)`,
  `round(sum(irate(istio_requests_total{reporter="source"}[1m])) by (destination_workload, destination_version), 0.001)`,
  `sum by (source_workload, destination_workload) (rate(istio_tcp_sent_bytes_total{reporter="source"}[60s]))`,
  percentile(0.5),
  percentile(0.9),
  percentile(0.95),
  percentile(0.99),
  `sum by (destination_workload) (rate(istio_request_duration_milliseconds_sum[60s])) / sum by (destination_workload) (rate(istio_request_duration_milliseconds_count[60s]))`,
  `sum(increase(istio_requests_total{destination_version="v2"}[5m])) by (response_code)`,
  `sum by (le) (increase(istio_request_duration_milliseconds_bucket{destination_workload="shop"}[2m]))`,
  `histogram_quantile(0.95, rate(istio_request_duration_milliseconds_bucket{destination_workload="cart"}[2m]))`,
  `histogram_quantile(0.99, sum(rate(istio_request_duration_milliseconds_bucket[1m])) by (le))`,
  `histogram_quantile(0.5, istio_request_duration_milliseconds_bucket)`,
  // Apdex and objectives.
  `(sum(rate(istio_request_duration_milliseconds_bucket{le="25"}[5m])) by (destination_workload) + sum(rate(istio_request_duration_milliseconds_bucket{le="100"}[5m])) by (destination_workload)) / 2 / sum(rate(istio_request_duration_milliseconds_count[5m])) by (destination_workload)`,
  `1 - (sum(rate(istio_requests_total{reporter="destination",response_code!~"5.*"}[5m])) / sum(rate(istio_requests_total{reporter="destination"}[5m])))`,
  `sum(rate(istio_requests_total{reporter="destination",response_code!~"5.*"}[5m])) by (destination_service_name) / sum(rate(istio_requests_total{reporter="destination"}[5m])) by (destination_service_name) < 0.995`,
  `label_replace(sum(rate(istio_requests_total{reporter="destination"}[1m])) by (destination_workload, response_code), "class", "\${1}xx", "response_code", "(\\\\d)..")`,
  `sum by (class) (label_replace(rate(istio_requests_total[1m]), "class", "$1xx", "response_code", "(.).*"))`,
  `label_join(sum by (source_workload, destination_workload) (rate(istio_requests_total[1m])), "edge", "->", "source_workload", "destination_workload")`,
  `topk(3, sum by (destination_workload) (rate(istio_requests_total[1m])))`,
  `bottomk(2, sum by (destination_workload) (rate(istio_requests_total[1m])))`,
  `sum(rate(istio_requests_total{reporter="destination"}[1m])) - sum(rate(istio_requests_total{reporter="destination"}[1m] offset 10m))`,
  `sum(rate(istio_requests_total{response_code="503"}[1m])) or vector(0)`,
  `sum(rate(istio_requests_total{response_code="999"}[1m])) or vector(0)`,
  `absent(istio_requests_total{destination_workload="nobody"})`,
  `count(count by (destination_workload) (istio_requests_total))`,
  `count by (destination_workload) (group by (destination_workload, destination_version) (istio_requests_total))`,
  // Kubernetes.
  `sum(rate(container_cpu_usage_seconds_total{container!=""}[5m])) by (namespace, pod)`,
  `sum(rate(container_cpu_usage_seconds_total{container!=""}[5m])) by (pod) * on (pod) group_left(node) kube_pod_info`,
  `sum by (node) (rate(container_cpu_usage_seconds_total[5m]) * on (namespace, pod) group_left(node) max by (namespace, pod, node) (kube_pod_info))`,
  `sum(container_memory_working_set_bytes) by (namespace) / 1024 / 1024`,
  `container_memory_working_set_bytes / on (pod) group_left sum by (pod) (container_memory_working_set_bytes)`,
  `avg by (instance) (rate(node_cpu_seconds_total{mode!="idle"}[5m]))`,
  `100 - (avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m])) * 100)`,
  `1 - avg without (cpu, mode) (rate(node_cpu_seconds_total{mode="idle"}[2m]))`,
  `sum without (cpu, mode) (rate(node_cpu_seconds_total[2m]))`,
  `node_cpu_seconds_total / ignoring(mode) group_left sum without (mode) (node_cpu_seconds_total)`,
  `increase(kube_pod_container_status_restarts[10m]) > 0`,
  `changes(kube_pod_container_status_restarts[15m])`,
  `avg_over_time(up[5m])`,
  `min_over_time(up[2m]) == 0`,
  `sum(up == bool 0) / count(up)`,
  `max_over_time(sum(rate(container_cpu_usage_seconds_total[1m]))[10m:1m])`,
  `predict_linear(container_memory_working_set_bytes[10m], 4 * 3600)`,
  `quantile(0.9, sum by (pod) (rate(container_cpu_usage_seconds_total[5m])))`,
  `sort_desc(sum by (pod) (rate(container_cpu_usage_seconds_total[5m])))`,
  `(sum by (pod) (up) > 0) and on (pod) (container_memory_working_set_bytes > 2e8)`,
  `time() - timestamp(up)`,
];

export const DASHBOARD_QUERIES: readonly DifferentialCase[] = QUERIES.map(
  query => ({ query }),
);
