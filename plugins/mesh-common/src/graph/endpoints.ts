import type { MeshIndex } from './meshIndex';

/** One end of a flow, before it is projected to a graph type. */
export type Endpoint = {
  kind: 'workload' | 'service' | 'external' | 'passthrough' | 'unknown';
  cluster: string;
  namespace?: string;
  name: string;
  app?: string;
  version?: string;
  /** Hosts of the ServiceEntry that an external endpoint stands for. */
  hosts?: readonly string[];
  /** A host that callers asked for, of an external endpoint. */
  asked?: string;
};

type Labels = Readonly<Record<string, string>>;

/** Istio writes `unknown` where it has no value; an absent label is the same. */
function known(value: string | undefined): string | undefined {
  return value && value !== 'unknown' ? value : undefined;
}

/** `latest` is what Istio writes for a workload without a version label. */
function versionOf(value: string | undefined): string | undefined {
  return value === 'latest' ? undefined : known(value);
}

/** The caller of a series. */
export function sourceEndpoint(labels: Labels, cluster: string): Endpoint {
  const name = known(labels.source_workload);
  const namespace = known(labels.source_workload_namespace);
  const from = known(labels.source_cluster) ?? cluster;
  if (!name || !namespace) {
    return { kind: 'unknown', cluster: from, name: 'unknown' };
  }
  return {
    kind: 'workload',
    cluster: from,
    namespace,
    name,
    app: known(labels.source_canonical_service),
    version: versionOf(labels.source_canonical_revision),
  };
}

/**
 * The callee of a series. Without a workload the request reached no pod of
 * the mesh: it is then a host outside, a Service that had no endpoint to
 * offer, or traffic that no rule matched.
 */
export function destinationEndpoint(
  labels: Labels,
  source: Endpoint,
  cluster: string,
  index: MeshIndex,
): Endpoint {
  const workload = known(labels.destination_workload);
  const workloadNamespace = known(labels.destination_workload_namespace);
  // Where telemetry does not say, it is where the caller is.
  const to = known(labels.destination_cluster) ?? source.cluster ?? cluster;
  if (workload && workloadNamespace) {
    return {
      kind: 'workload',
      cluster: to,
      namespace: workloadNamespace,
      name: workload,
      app: known(labels.destination_canonical_service),
      version: versionOf(labels.destination_canonical_revision),
    };
  }
  const host = known(labels.destination_service);
  const name = known(labels.destination_service_name) ?? host;
  if (name === 'PassthroughCluster' || name === 'BlackHoleCluster') {
    return { kind: 'passthrough', cluster: to, name };
  }
  if (!name) {
    // Not the node of unknown callers: nothing flows from one to the other.
    return { kind: 'unknown', cluster: to, name: 'unrouted' };
  }
  // The caller's cluster has the configuration that the caller's proxy obeys.
  const entry =
    host &&
    index.of(source.cluster).istio.serviceEntryFor(host, source.namespace);
  if (entry) {
    const [only] = entry.hosts;
    return {
      kind: 'external',
      cluster: source.cluster,
      namespace: entry.namespace,
      name: entry.hosts.length === 1 ? only : entry.name,
      hosts: entry.hosts,
      asked: host,
    };
  }
  const namespace = known(labels.destination_service_namespace);
  const internal =
    namespace &&
    (index.of(to).hasService(namespace, name) ||
      (host ?? '').endsWith('.svc.cluster.local'));
  return internal
    ? { kind: 'service', cluster: to, namespace, name }
    : { kind: 'external', cluster: to, namespace, name: host ?? name };
}
