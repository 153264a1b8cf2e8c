/** Labels that a viewer with limited sight needs, to leave out what is not theirs. */
export const TIMELINE_APP_LABELS = {
  cluster: 'destination_cluster',
  namespace: 'destination_workload_namespace',
  app: 'destination_canonical_service',
} as const;

/**
 * PromQL for all that callers in the mesh ask for, as it changed: requests
 * by the reports of their sources, so that what never arrived is in it.
 *
 * @param options - `namespaces` of the callees, none mean all; `byApp` keeps
 *   the apps apart
 * @public
 */
export function timelineQueries(options: {
  namespaces: readonly string[];
  windowSeconds: number;
  byApp?: boolean;
}): { requests: string; errors: string } {
  const { namespaces, windowSeconds, byApp } = options;
  const matchers = [
    'reporter=~"source|waypoint"',
    // Names of namespaces have no character that a pattern would read.
    ...(namespaces.length > 0
      ? [`destination_service_namespace=~"${namespaces.join('|')}"`]
      : []),
  ];
  const rate = (extra: string[] = []) =>
    `rate(istio_requests_total{${[...matchers, ...extra].join(
      ',',
    )}}[${windowSeconds}s])`;
  const sum = byApp
    ? `sum by (${Object.values(TIMELINE_APP_LABELS).join(', ')})`
    : 'sum';
  return {
    requests: `${sum} (${rate()})`,
    errors:
      `${sum} (${rate(['response_code=~"0|5.."'])} or ` +
      `${rate([
        'request_protocol="grpc"',
        'response_code!~"0|5.."',
        'grpc_response_status!~"0|"',
      ])})`,
  };
}
