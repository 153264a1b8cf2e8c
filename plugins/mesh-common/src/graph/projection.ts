import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import type { GraphType, NodeKind } from '../schema/graph';
import type { Endpoint } from './endpoints';
import type { ObjectIndex } from './objectIndex';

/** Which node an endpoint belongs to in one graph type. */
export type NodeIdentity = {
  id: string;
  kind: NodeKind;
  cluster: string;
  namespace?: string;
  name: string;
  app?: string;
  version?: string;
};

function workloadIdentity(
  endpoint: Endpoint,
  namespace: string,
  objects: ObjectIndex,
): NodeIdentity {
  const kind = objects.workload(namespace, endpoint.name)?.kind ?? 'Workload';
  return {
    id: formatRef({
      type: 'workload',
      cluster: endpoint.cluster,
      namespace,
      kind,
      name: endpoint.name,
    }),
    kind: 'workload',
    cluster: endpoint.cluster,
    namespace,
    name: endpoint.name,
    app: endpoint.app,
    version: endpoint.version,
  };
}

function serviceIdentity(
  cluster: string,
  namespace: string,
  name: string,
): NodeIdentity {
  return {
    id: formatRef({ type: 'service', cluster, namespace, name }),
    kind: 'service',
    cluster,
    namespace,
    name,
  };
}

function appIdentity(
  endpoint: Endpoint,
  namespace: string,
  graphType: 'app' | 'versionedApp',
): NodeIdentity {
  const name = endpoint.app ?? endpoint.name;
  const version = graphType === 'versionedApp' ? endpoint.version : undefined;
  const id = `${endpoint.cluster}/${namespace}/app/${name}`;
  return {
    id: version ? `${id}@${version}` : id,
    kind: graphType,
    cluster: endpoint.cluster,
    namespace,
    name,
    app: name,
    version,
  };
}

/** The service that a workload's pods answer for, when there is exactly one way to say it. */
function serviceOfWorkload(
  namespace: string,
  name: string,
  objects: ObjectIndex,
): string | undefined {
  const workload = objects.workload(namespace, name);
  return workload && objects.servicesOf(workload)[0]?.name;
}

/** The node of an endpoint. Ids are stable: they depend on names only. */
export function nodeIdentity(
  endpoint: Endpoint,
  graphType: GraphType,
  objects: ObjectIndex,
): NodeIdentity {
  const { cluster, namespace, name, kind } = endpoint;
  if (kind === 'workload' && namespace) {
    if (graphType === 'app' || graphType === 'versionedApp') {
      return appIdentity(endpoint, namespace, graphType);
    }
    if (graphType === 'service') {
      const service = serviceOfWorkload(namespace, name, objects);
      if (service) {
        return {
          ...serviceIdentity(cluster, namespace, service),
          app: endpoint.app,
        };
      }
    }
    return workloadIdentity(endpoint, namespace, objects);
  }
  if (kind === 'service' && namespace) {
    return serviceIdentity(cluster, namespace, name);
  }
  return {
    id: `${cluster}/${namespace ?? '-'}/${kind}/${name}`,
    kind: kind === 'workload' || kind === 'service' ? 'unknown' : kind,
    cluster,
    namespace,
    name,
  };
}
