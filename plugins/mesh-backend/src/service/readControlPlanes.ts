import {
  buildControlPlane,
  CONTROL_PLANE_QUERIES,
  type ControlPlaneQueryName,
  type ControlPlanes,
  type NamespaceObject,
  type Sight,
} from '@orrery/backstage-plugin-mesh-common';
import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import type {
  ClusterConfig,
  PartialAnswers,
  PrometheusClient,
} from '@orrery/backstage-plugin-orrery-node';
import type { ClusterObjects } from '../sources/ClusterObjects';
import type { ControlPlaneSource } from '../sources/ControlPlaneSource';

/** What the control planes of some clusters are read from. */
export type ControlPlaneSources = {
  objects: ClusterObjects;
  controlPlanes: ControlPlaneSource;
  clients: ReadonlyMap<string, PrometheusClient>;
};

function namespacesByRevision(
  namespaces: readonly NamespaceObject[],
  seesNamespace: (namespace: string) => boolean,
): Map<string, string[]> {
  const byRevision = new Map<string, string[]>();
  for (const { name, revision } of namespaces) {
    if (revision !== undefined && seesNamespace(name)) {
      byRevision.set(revision, [...(byRevision.get(revision) ?? []), name]);
    }
  }
  return byRevision;
}

function prometheusStatus(
  cluster: string,
  metrics: PartialAnswers<ControlPlaneQueryName> | undefined,
  now: number,
): SourceStatus {
  if (!metrics) {
    return {
      name: 'prometheus',
      state: 'absent',
      reason: `No Prometheus is configured for cluster ${cluster}`,
    };
  }
  const [failure] = Object.values(metrics.failures);
  return failure
    ? { name: 'prometheus', state: 'failed', reason: failure.message }
    : { name: 'prometheus', state: 'ok', asOf: new Date(now).toISOString() };
}

/** Reads the control planes of some clusters. */
export async function readControlPlanes(options: {
  clusters: readonly ClusterConfig[];
  sources: ControlPlaneSources;
  sight: Sight | undefined;
  now: number;
}): Promise<ControlPlanes> {
  const { clusters, sources, sight, now } = options;
  const named = (cluster: string, status: SourceStatus) =>
    clusters.length > 1
      ? { ...status, name: `${cluster} ${status.name}` }
      : status;
  const readings = await Promise.all(
    clusters.map(async ({ name }) => {
      const client = sources.clients.get(name);
      const [snapshot, reading, metrics] = await Promise.all([
        sources.objects.read(name),
        sources.controlPlanes.read(name),
        client?.queryAll(CONTROL_PLANE_QUERIES, { timeMilliseconds: now }),
      ]);
      const seesNamespace = (namespace: string) =>
        sight?.seesNamespace({ cluster: name, namespace }) ?? true;
      const statuses: SourceStatus[] = [
        reading.source,
        ...snapshot.sources,
        prometheusStatus(name, metrics, now),
      ];
      return {
        statuses: statuses.map(status => named(name, status)),
        item: buildControlPlane({
          cluster: name,
          pods: reading.pods,
          namespaces: namespacesByRevision(
            snapshot.objects.namespaces ?? [],
            seesNamespace,
          ),
          answers: metrics?.answers ?? {},
          nowMilliseconds: now,
          seesNamespace,
        }),
      };
    }),
  );
  return {
    at: new Date(now).toISOString(),
    items: readings.map(({ item }) => item),
    sources: readings.flatMap(({ statuses }) => statuses),
    warnings: [],
  };
}
