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
  'volume',
] as const;

/**
 * Queries that are asked only when somebody wants what they tell.
 *
 * @public
 */
export const EXTRA_QUERY_NAMES = ['principals', 'operations'] as const;

/** @public */
export type ExtraQueryName = (typeof EXTRA_QUERY_NAMES)[number];

/** @public */
export type GraphQueryName =
  | (typeof GRAPH_QUERY_NAMES)[number]
  | ExtraQueryName;

/** Value of the label `figure` in answers to the query `volume`. */
export const VOLUME_FIGURES = {
  sentMessages: 'istio_request_messages_total',
  receivedMessages: 'istio_response_messages_total',
  requestBytes: 'istio_request_bytes_sum',
  responseBytes: 'istio_response_bytes_sum',
} as const;

/** Enough to find the edge that a figure belongs to. */
const PAIR = [
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

/** The pair with what names the apps and versions at its ends. */
const NAMED_PAIR = [
  ...PAIR,
  'source_canonical_service',
  'source_canonical_revision',
  'destination_canonical_service',
  'destination_canonical_revision',
];

/**
 * A sum from the source's report (what the caller sent and waited for), and
 * from the waypoint's or destination's only for pairs that no source reported.
 */
function preferSource(
  metric: string,
  window: string,
  labels: readonly string[] = [],
  matchers: readonly string[] = [],
): string {
  const sum = (reporters: string) =>
    `sum by (${[...labels, ...PAIR].join(', ')}) (rate(${metric}{${[
      `reporter=~"${reporters}"`,
      ...matchers,
    ].join(',')}}${window}))`;
  return `(${sum('source')} or on (${PAIR.join(', ')}) ${sum(
    'destination|waypoint',
  )})`;
}

/**
 * PromQL of the graph's queries.
 *
 * Requests carry the response and security labels, so that codes, flags and
 * the mTLS share come with the rates.
 *
 * @param windowSeconds - length of the rate window
 * @param extras - queries to ask besides the usual ones
 * @public
 */
export function graphQueries(
  windowSeconds: number,
  extras: readonly ExtraQueryName[] = [],
): Partial<Record<GraphQueryName, string>> {
  const window = `[${windowSeconds}s]`;
  const tcp = [
    ...NAMED_PAIR,
    'reporter',
    'app',
    'connection_security_policy',
  ].join(', ');
  const requests = [
    ...NAMED_PAIR,
    'reporter',
    'request_protocol',
    'response_code',
    'grpc_response_status',
    'response_flags',
    'connection_security_policy',
  ].join(', ');
  const volume = Object.entries(VOLUME_FIGURES)
    .map(
      ([figure, metric]) =>
        `label_replace(${preferSource(
          metric,
          window,
        )} > 0, "figure", "${figure}", "", "")`,
    )
    .join(' or ');
  const usual: Record<(typeof GRAPH_QUERY_NAMES)[number], string> = {
    requests: `sum by (${requests}) (rate(istio_requests_total${window})) > 0`,
    tcpSent: `sum by (${tcp}) (rate(istio_tcp_sent_bytes_total${window})) > 0`,
    tcpReceived: `sum by (${tcp}) (rate(istio_tcp_received_bytes_total${window})) > 0`,
    tcpConnections: `sum by (${tcp}) (rate(istio_tcp_connections_opened_total${window})) > 0`,
    durations: `${preferSource(
      'istio_request_duration_milliseconds_bucket',
      window,
      ['le'],
    )} > 0`,
    volume,
  };
  const asked: Record<ExtraQueryName, () => string> = {
    principals: () => {
      const by = [...PAIR, 'source_principal', 'destination_principal'];
      const sum = (metric: string, selector: string) =>
        `sum by (${by.join(', ')}) (rate(${metric}{${selector}}${window}))`;
      // Identities are what is asked for, so the units may differ.
      return (
        `(${sum(
          'istio_requests_total',
          'reporter=~"destination|waypoint"',
        )} or ` +
        `${sum(
          'istio_tcp_sent_bytes_total',
          'source_principal!~"unknown|"',
        )}) > 0`
      );
    },
    operations: () =>
      `${preferSource(
        'istio_requests_total',
        window,
        [
          'request_operation',
          'request_protocol',
          'response_code',
          'grpc_response_status',
          'response_flags',
        ],
        ['request_operation!~"unknown|"'],
      )} > 0`,
  };
  return {
    ...usual,
    ...Object.fromEntries(extras.map(name => [name, asked[name]()])),
  };
}
