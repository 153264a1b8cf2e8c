import type {
  GraphNode,
  MeshGraph,
  ServiceSummary,
} from '@orrery/backstage-plugin-mesh-common';
import {
  worstHealth,
  type Health,
} from '@orrery/backstage-plugin-orrery-common';

/**
 * The health of an app is that of its worst version: a new one that fails
 * with little traffic must not hide behind the average.
 */
function healthOf(app: GraphNode, versions: readonly GraphNode[]): Health {
  if (versions.length < 2) {
    return app.health;
  }
  return worstHealth(
    versions.map(({ health, version }) => ({
      state: health.state,
      reasons: health.reasons.map(reason =>
        version ? `${version}: ${reason}` : reason,
      ),
    })),
  );
}

/** Every app of a graph in short. */
export function summarize(
  apps: MeshGraph,
  versions: MeshGraph,
): ServiceSummary[] {
  const byApp = new Map<string, GraphNode[]>();
  for (const node of versions.nodes) {
    const key = `${node.namespace}/${node.app}`;
    byApp.set(key, [...(byApp.get(key) ?? []), node]);
  }
  return apps.nodes.flatMap(node =>
    node.kind === 'app' && node.namespace
      ? [
          {
            id: node.id,
            cluster: node.cluster,
            namespace: node.namespace,
            app: node.name,
            versions: node.versions,
            health: healthOf(
              node,
              byApp.get(`${node.namespace}/${node.name}`) ?? [],
            ),
            requestsPerSecond: node.inbound.requestsPerSecond,
            errorShare: node.inbound.errorShare,
            p95Milliseconds: node.inbound.p95Milliseconds,
          },
        ]
      : [],
  );
}
