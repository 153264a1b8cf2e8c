/**
 * The queries that a graph is built from. Every one covers all namespaces at
 * once: namespace labels are part of the grouping, so a query per namespace
 * would fetch the same series in more round trips.
 *
 * @public
 */
export const GRAPH_QUERY_NAMES = [
  'requests',
  'tcpSent',
  'tcpReceived',
  'tcpConnections',
  'durations',
] as const;

/** @public */
export type GraphQueryName = (typeof GRAPH_QUERY_NAMES)[number];

const PAIR = [
  'source_cluster',
  'source_workload_namespace',
  'source_workload',
  'source_canonical_service',
  'source_canonical_revision',
  'destination_cluster',
  'destination_service_namespace',
  'destination_service',
  'destination_service_name',
  'destination_workload_namespace',
  'destination_workload',
  'destination_canonical_service',
  'destination_canonical_revision',
];

/** Enough to find the edge that a latency belongs to; shorter rows, for there are twenty per edge. */
const DURATION_PAIR = [
  'source_cluster',
  'source_workload_namespace',
  'source_workload',
  'destination_cluster',
  'destination_service_namespace',
  'destination_service',
  'destination_service_name',
  'destination_workload_namespace',
  'destination_workload',
];

/**
 * PromQL of the graph's queries.
 *
 * Requests carry the response and security labels, so that codes, flags and
 * the mTLS share come with the rates. Durations prefer the source's report
 * (what the caller waited) and take the waypoint's or destination's only for
 * pairs that no source reported.
 *
 * @param windowSeconds - length of the rate window
 * @public
 */
export function graphQueries(
  windowSeconds: number,
): Record<GraphQueryName, string> {
  const window = `[${windowSeconds}s]`;
  const tcp = [...PAIR, 'reporter', 'app', 'connection_security_policy'].join(
    ', ',
  );
  const requests = [
    ...PAIR,
    'reporter',
    'request_protocol',
    'response_code',
    'grpc_response_status',
    'response_flags',
    'connection_security_policy',
  ].join(', ');
  const durations = (reporters: string) =>
    `sum by (le, ${DURATION_PAIR.join(', ')}) ` +
    `(rate(istio_request_duration_milliseconds_bucket{reporter=~"${reporters}"}${window}))`;
  return {
    requests: `sum by (${requests}) (rate(istio_requests_total${window})) > 0`,
    tcpSent: `sum by (${tcp}) (rate(istio_tcp_sent_bytes_total${window})) > 0`,
    tcpReceived: `sum by (${tcp}) (rate(istio_tcp_received_bytes_total${window})) > 0`,
    tcpConnections: `sum by (${tcp}) (rate(istio_tcp_connections_opened_total${window})) > 0`,
    durations:
      `(${durations('source')} or on (${DURATION_PAIR.join(', ')}) ` +
      `${durations('destination|waypoint')}) > 0`,
  };
}
