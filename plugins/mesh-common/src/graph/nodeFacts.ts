import type { Feature, GraphNode } from '../schema/graph';
import { objectText, type OwnedFeature } from './istioIndex';
import type { ObjectIndex } from './objectIndex';
import type { NodeIdentity, Viewer } from './projection';
import type { IstioObject, PodsObject, WorkloadObject } from './types';

/** What a node is made of. */
export type NodeMembers = {
  identity: NodeIdentity;
  /** By `namespace/name`. */
  workloads: Map<string, WorkloadObject>;
  /** Workloads that telemetry names and Kubernetes does not, by `namespace/name`. */
  missing: Set<string>;
};

type Facts = Pick<
  GraphNode,
  | 'workloadKind'
  | 'role'
  | 'dataPlane'
  | 'isDead'
  | 'revision'
  | 'proxies'
  | 'waypoint'
  | 'mutualTls'
  | 'features'
  | 'gatewayHosts'
  | 'labels'
  | 'pods'
  | 'config'
>;

/** What Kubernetes and Istio say about a node, as far as the viewer may know. */
export function factsOf(options: {
  members: NodeMembers;
  services: readonly string[];
  objects: ObjectIndex;
  viewer: Viewer;
  isPast: boolean;
  /** Whether traffic to it was measured. */
  isAsked: boolean;
}): Facts {
  const { members, services, objects, viewer, isAsked, isPast } = options;
  const { identity } = members;
  if (identity.kind === 'hidden' || identity.kind === 'operation') {
    return { dataPlane: 'unknown', config: [] };
  }
  const workloads = [...members.workloads.values()];
  const pods = podsOf(members, objects);
  const gateways = workloads.flatMap(workload =>
    objects.istio
      .gatewaysOf(workload.labels)
      .filter(gateway =>
        viewer.seesNamespace(identity.cluster, gateway.namespace),
      ),
  );
  const [first] = workloads;
  const role = first && objects.roleOf(first);
  return {
    workloadKind: identity.kind === 'workload' ? first?.kind : undefined,
    role,
    dataPlane: dataPlaneOf(members, pods),
    isDead: (!isPast && isDead(members, objects, isAsked)) || undefined,
    revision: common(workloads.map(({ revision }) => revision)),
    proxies: isPast ? undefined : proxiesOf(pods),
    waypoint: first && objects.waypointOf(first),
    mutualTls: first && mutualTlsOf(first, objects, viewer, identity.cluster),
    features: featuresOf(members, services, objects, viewer),
    gatewayHosts:
      role === 'gateway'
        ? [...new Set(gateways.flatMap(({ hosts }) => hosts))].sort()
        : undefined,
    labels: commonLabels(workloads),
    pods: isPast ? undefined : countPods(workloads, pods),
    config: configOf(members, services, gateways, objects, viewer),
  };
}

function podsOf(
  { workloads, missing }: NodeMembers,
  objects: ObjectIndex,
): PodsObject[] {
  return [...workloads.keys(), ...missing].flatMap(key => {
    const [namespace, name] = key.split('/');
    return objects.pods(namespace, name) ?? [];
  });
}

function dataPlaneOf(
  { identity, workloads }: NodeMembers,
  pods: readonly PodsObject[],
): GraphNode['dataPlane'] {
  const planes = new Set(
    [...workloads.values()].map(workload => workload.dataPlane),
  );
  if (planes.size > 0) {
    // Pods of one app may differ; the one inside the mesh is the one measured.
    return (
      (['sidecar', 'ambient', 'none'] as const).find(plane =>
        planes.has(plane),
      ) ?? 'unknown'
    );
  }
  if (pods.some(({ proxies }) => proxies > 0)) {
    return 'sidecar';
  }
  return identity.kind === 'external' || identity.kind === 'passthrough'
    ? 'none'
    : 'unknown';
}

/**
 * Dead is what Kubernetes has neither as a workload nor as pods, or what is
 * scaled to nothing and asked all the same. Machines that a WorkloadEntry
 * stands for are elsewhere, not dead.
 */
function isDead(
  { identity, workloads, missing }: NodeMembers,
  objects: ObjectIndex,
  isAsked: boolean,
): boolean {
  if (!objects.knowsWorkloads || !identity.namespace) {
    return false;
  }
  if (workloads.size === 0) {
    return (
      missing.size > 0 &&
      [...missing].every(key => {
        const [namespace, name] = key.split('/');
        return objects.pods(namespace, name) === undefined;
      }) &&
      objects.istio.workloadEntriesOf(
        identity.namespace,
        identity.app,
        identity.version,
      ).length === 0
    );
  }
  return (
    isAsked &&
    [...workloads.values()].every(
      ({ desired, available }) => desired === 0 && available === 0,
    )
  );
}

function proxiesOf(pods: readonly PodsObject[]): GraphNode['proxies'] {
  const withProxy = pods.filter(({ proxies }) => proxies > 0);
  if (withProxy.length === 0) {
    return undefined;
  }
  const sum = (pick: (item: PodsObject) => number) =>
    withProxy.reduce((total, item) => total + pick(item), 0);
  const isAsked = withProxy.every(({ sync }) => sync !== undefined);
  const union = (pick: (item: PodsObject) => readonly string[]) =>
    [...new Set(withProxy.flatMap(item => pick(item)))].sort();
  return {
    count: sum(({ proxies }) => proxies),
    versions: union(({ versions }) => versions),
    revisions: union(({ revisions }) => revisions),
    ...(isAsked && {
      connected: sum(({ sync }) => sync?.connected ?? 0),
      synced: sum(({ sync }) => sync?.synced ?? 0),
    }),
  };
}

function mutualTlsOf(
  workload: WorkloadObject,
  objects: ObjectIndex,
  viewer: Viewer,
  cluster: string,
): GraphNode['mutualTls'] {
  const found = objects.istio.mutualTlsOf(workload.namespace, workload.labels);
  if (!found) {
    return undefined;
  }
  const { mode, from } = found;
  if (!from) {
    return { mode, from: 'default' };
  }
  return {
    mode,
    from: viewer.seesNamespace(cluster, from.namespace)
      ? `PeerAuthentication ${from.namespace}/${from.name}`
      : 'PeerAuthentication of the mesh',
  };
}

function featuresOf(
  { identity }: NodeMembers,
  services: readonly string[],
  objects: ObjectIndex,
  viewer: Viewer,
): Feature[] | undefined {
  const { cluster, namespace, app, version } = identity;
  const found: OwnedFeature[] =
    namespace === undefined
      ? []
      : services.flatMap(name => [
          ...objects.istio.featuresOf(namespace, name),
        ]);
  for (const host of identity.kind === 'external'
    ? identity.hosts ?? [identity.name]
    : []) {
    found.push(...objects.istio.featuresOfHost(host));
  }
  if (namespace !== undefined) {
    for (const entry of objects.istio.workloadEntriesOf(
      namespace,
      app,
      version,
    )) {
      found.push({
        name: 'workload-entry',
        object: objectText(entry),
        namespace: entry.namespace,
      });
    }
  }
  const seen = new Map<string, Feature>();
  for (const { namespace: owner, ...feature } of found) {
    if (viewer.seesNamespace(cluster, owner)) {
      seen.set(`${feature.name} ${feature.object} ${feature.summary}`, feature);
    }
  }
  return seen.size > 0 ? [...seen.values()] : undefined;
}

function configOf(
  { identity, workloads }: NodeMembers,
  services: readonly string[],
  gateways: readonly IstioObject[],
  objects: ObjectIndex,
  viewer: Viewer,
): string[] {
  const { cluster, namespace } = identity;
  const found: IstioObject[] = [...gateways];
  for (const workload of workloads.values()) {
    found.push(...objects.istio.aboutPods(workload.namespace, workload.labels));
  }
  if (namespace !== undefined) {
    for (const name of services) {
      found.push(...objects.istio.aboutService(namespace, name));
    }
  }
  if (identity.kind === 'external') {
    for (const host of identity.hosts ?? [identity.name]) {
      found.push(...objects.istio.aboutHost(host));
    }
  }
  const texts = found
    .filter(object => viewer.seesNamespace(cluster, object.namespace))
    .map(objectText);
  return [...new Set(texts)].sort();
}

/** A value that all share; undefined where they differ or have none. */
function common(values: readonly (string | undefined)[]): string | undefined {
  const [first] = values;
  return values.every(value => value === first) ? first : undefined;
}

function commonLabels(
  workloads: readonly WorkloadObject[],
): Record<string, string> | undefined {
  const [first, ...others] = workloads;
  return first
    ? Object.fromEntries(
        Object.entries(first.labels).filter(([name, value]) =>
          others.every(({ labels }) => labels[name] === value),
        ),
      )
    : undefined;
}

/** Of pods without a workload that is watched, such as a Rollout's, those that there are are wanted. */
function countPods(
  workloads: readonly WorkloadObject[],
  pods: readonly PodsObject[],
): GraphNode['pods'] {
  const listed = new Set(
    workloads.map(({ namespace, name }) => `${namespace}/${name}`),
  );
  const loose = pods.filter(
    item => !listed.has(`${item.namespace}/${item.workload}`),
  );
  return workloads.length + loose.length === 0
    ? undefined
    : {
        desired:
          workloads.reduce((sum, { desired }) => sum + desired, 0) +
          loose.reduce((sum, item) => sum + item.pods, 0),
        available:
          workloads.reduce((sum, { available }) => sum + available, 0) +
          loose.reduce((sum, { ready }) => sum + ready, 0),
      };
}
