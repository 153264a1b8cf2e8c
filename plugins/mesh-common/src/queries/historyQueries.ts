import type { GraphEdge, GraphNode } from '../schema';

/** Label values come from the cluster; PromQL strings take Go's escapes. */
function quote(value: string): string {
  return JSON.stringify(value);
}

/** A host, or a pattern such as `*.bank.example`, as a regular expression. */
function hostPattern(host: string): string {
  const plain = host.replace(/^\*/, '');
  // Escaped twice on purpose: once for the expression, once for the string.
  const escaped = plain.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return host.startsWith('*') ? `.+${escaped}` : escaped;
}

function matchersOf(
  side: 'source' | 'destination',
  node: Pick<
    GraphNode,
    'kind' | 'namespace' | 'name' | 'app' | 'version' | 'hosts'
  >,
): string[] {
  const match = (label: string, value: string) =>
    `${side}_${label}=${quote(value)}`;
  const namespace = node.namespace ?? '';
  switch (node.kind) {
    case 'workload':
      return [
        match('workload_namespace', namespace),
        match('workload', node.name),
      ];
    case 'app':
      return [
        match('workload_namespace', namespace),
        match('canonical_service', node.name),
      ];
    case 'versionedApp':
      return [
        match('workload_namespace', namespace),
        match('canonical_service', node.name),
        ...(node.version ? [match('canonical_revision', node.version)] : []),
      ];
    case 'unknown':
      return [match('workload', 'unknown')];
    case 'operation':
      return [
        match('workload_namespace', namespace),
        match('canonical_service', node.app ?? ''),
        `request_operation=${quote(node.name)}`,
      ];
    default:
      break;
  }
  if (side === 'source') {
    // A service as a caller is its app: telemetry names callers by workload.
    return [
      match('workload_namespace', namespace),
      match('canonical_service', node.app ?? node.name),
    ];
  }
  if (node.kind === 'service') {
    return [
      match('service_namespace', namespace),
      match('service_name', node.name),
    ];
  }
  if (node.kind === 'passthrough') {
    return [match('service_name', node.name)];
  }
  const hosts = node.hosts ?? [node.name];
  return hosts.length > 1 || hosts[0].startsWith('*')
    ? [`destination_service=~${quote(hosts.map(hostPattern).join('|'))}`]
    : [match('service', hosts[0])];
}

/**
 * PromQL for the traffic into a node, or over one edge, as it changed.
 *
 * @param reporter - the reporter that the graph's own figures came from
 * @public
 */
export function historyQueries(options: {
  target: GraphNode;
  source?: GraphNode;
  reporter: GraphEdge['reporter'];
  windowSeconds: number;
}): { requests: string; errors: string; p95: string } {
  const { target, source, reporter, windowSeconds } = options;
  const matchers = [
    `reporter=${quote(reporter)}`,
    ...matchersOf('destination', target),
    ...(source ? matchersOf('source', source) : []),
  ];
  const rate = (metric: string, extra: string[] = []) =>
    `rate(${metric}{${[...matchers, ...extra].join(',')}}[${windowSeconds}s])`;
  const total = 'istio_requests_total';
  return {
    requests: `sum(${rate(total)})`,
    errors:
      `sum(${rate(total, ['response_code=~"0|5.."'])} or ` +
      `${rate(total, [
        'request_protocol="grpc"',
        'response_code!~"0|5.."',
        'grpc_response_status!~"0|"',
      ])})`,
    p95: `histogram_quantile(0.95, sum by (le) (${rate(
      'istio_request_duration_milliseconds_bucket',
    )}))`,
  };
}
