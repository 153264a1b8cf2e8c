import type { ConfigIndex } from '../live/config';

const USE_WAYPOINT = 'istio.io/use-waypoint';

/** Name of the waypoint that a service, or else its namespace, asks for; `none` asks for none. */
export function waypointName(
  config: ConfigIndex,
  { namespace, name }: { namespace: string; name: string },
): string | undefined {
  const wanted =
    config.get('services', namespace, name)?.metadata.labels?.[USE_WAYPOINT] ??
    config.namespaceLabels(namespace)[USE_WAYPOINT];
  return wanted === 'none' ? undefined : wanted;
}
