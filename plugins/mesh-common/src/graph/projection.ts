import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import type { NodeKind } from '../schema/graph';
import type { Endpoint } from './endpoints';
import type { MeshIndex } from './meshIndex';
import type { GraphOptions, Sight } from './types';

/** Which node an endpoint belongs to in one graph type. */
export type NodeIdentity = {
  id: string;
  kind: NodeKind;
  cluster: string;
  namespace?: string;
  name: string;
  app?: string;
  version?: string;
  hosts?: string[];
};

/** Everything that a viewer may not see is this one node: not even its number is told. */
export const HIDDEN: NodeIdentity = {
  id: '-/-/hidden/others',
  kind: 'hidden',
  cluster: '-',
  name: 'others',
};

/** Whether an endpoint is of somebody: hosts outside and unknown callers are of nobody. */
function isOwned(endpoint: Endpoint): boolean {
  return endpoint.kind === 'workload' || endpoint.kind === 'service';
}

/** Decides what of a graph a viewer sees. */
export class Viewer {
  readonly #sight: Sight | undefined;

  constructor(sight: Sight | undefined) {
    this.#sight = sight;
  }

  sees(endpoint: Endpoint): boolean {
    return (
      !this.#sight ||
      !isOwned(endpoint) ||
      this.#sight.sees({
        cluster: endpoint.cluster,
        namespace: endpoint.namespace ?? '',
        app: endpoint.app ?? endpoint.name,
      })
    );
  }

  seesNamespace(cluster: string, namespace: string): boolean {
    return this.#sight?.seesNamespace({ cluster, namespace }) ?? true;
  }

  /** A flow is shown to those who see one of its owned ends. */
  seesFlow(source: Endpoint, destination: Endpoint): boolean {
    const owned = [source, destination].filter(isOwned);
    return owned.length === 0
      ? this.#sight === undefined
      : owned.some(endpoint => this.sees(endpoint));
  }

  /** Hosts that name a namespace which the viewer does not see are left out. */
  hosts(cluster: string, hosts: Iterable<string>): string[] {
    return [...hosts]
      .filter(host => {
        const [, namespace, svc] = host.split('.');
        return svc !== 'svc' || this.seesNamespace(cluster, namespace);
      })
      .sort();
  }
}

/** Maps endpoints to the nodes of one graph type. Ids are stable: they depend on names only. */
export class Projector {
  readonly #graphType: GraphOptions['graphType'];
  readonly #index: MeshIndex;
  readonly viewer: Viewer;

  constructor(options: GraphOptions, index: MeshIndex) {
    this.#graphType = options.graphType;
    this.#index = index;
    this.viewer = new Viewer(options.sight);
  }

  identityOf(endpoint: Endpoint): NodeIdentity {
    if (!this.viewer.sees(endpoint)) {
      return HIDDEN;
    }
    const { cluster, namespace, name, kind } = endpoint;
    if (kind === 'workload' && namespace) {
      return this.#workloadNode(endpoint, namespace);
    }
    if (kind === 'service' && namespace) {
      return serviceIdentity(cluster, namespace, name);
    }
    return this.#outsideNode(endpoint);
  }

  #outsideNode(endpoint: Endpoint): NodeIdentity {
    const { cluster, kind } = endpoint;
    // A ServiceEntry in a namespace that is not seen lends it neither name nor hosts.
    const isSeen =
      endpoint.namespace !== undefined &&
      this.viewer.seesNamespace(cluster, endpoint.namespace);
    const namespace = isSeen ? endpoint.namespace : undefined;
    const name = isSeen ? endpoint.name : endpoint.asked ?? endpoint.name;
    return {
      id: `${cluster}/${namespace ?? '-'}/${kind}/${name}`,
      kind: kind === 'workload' || kind === 'service' ? 'unknown' : kind,
      cluster,
      namespace,
      name,
      hosts: isSeen && endpoint.hosts ? [...endpoint.hosts].sort() : undefined,
    };
  }

  #workloadNode(endpoint: Endpoint, namespace: string): NodeIdentity {
    const { cluster, name } = endpoint;
    if (this.#graphType === 'app' || this.#graphType === 'versionedApp') {
      return appIdentity(endpoint, namespace, this.#graphType);
    }
    const objects = this.#index.of(cluster);
    const workload = objects.workload(namespace, name);
    if (this.#graphType === 'service' && workload) {
      // The first by name: a workload behind several services is one node.
      const [service] = objects.servicesOf(workload);
      if (service) {
        return {
          ...serviceIdentity(cluster, namespace, service.name),
          app: endpoint.app,
        };
      }
    }
    return {
      id: formatRef({
        type: 'workload',
        cluster,
        namespace,
        kind: workload?.kind ?? 'Workload',
        name,
      }),
      kind: 'workload',
      cluster,
      namespace,
      name,
      app: endpoint.app,
      version: endpoint.version,
    };
  }
}

export function serviceIdentity(
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

/** What was asked for, between a caller and a callee. */
export function operationIdentity(
  target: NodeIdentity,
  name: string,
): NodeIdentity {
  return {
    id: `${target.id}#${name}`,
    kind: 'operation',
    cluster: target.cluster,
    namespace: target.namespace,
    name,
    app: target.app,
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
