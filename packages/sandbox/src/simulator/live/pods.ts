import type { KubernetesObject } from '../../kubernetes/store';
import { containerNames, PROXY_CONTAINER } from '../../world/inject';
import { imageTag } from '../../world/names';
import {
  MANAGED_GATEWAY,
  WAYPOINT_CONTROLLER,
} from '../../world/objects/waypoints';
import type { App } from '../../world/types';
import { asRecords, asString } from '../read';
import type { LivePod, LiveWorkload } from './model';

/** Label that tells the pods of a Rollout's templates apart. */
const ROLLOUT_HASH = 'rollouts-pod-template-hash';

/**
 * What tells workloads of one name apart: stable and canary pods of a Rollout
 * answer differently though Istio names both after the Rollout.
 */
function variantOf({ metadata }: KubernetesObject): string {
  const hash = metadata.labels?.[ROLLOUT_HASH];
  return hash === undefined ? '' : `@${hash}@${metadata.labels?.version ?? ''}`;
}

/** Name and kind of what owns a pod, the ReplicaSet in between left out (as Istio names workloads). */
export function ownerOf(pod: KubernetesObject): { kind: string; name: string } {
  const owner = pod.metadata.ownerReferences?.find(
    reference => reference.controller !== false,
  );
  if (!owner) return { kind: 'Pod', name: pod.metadata.name };
  if (owner.kind !== 'ReplicaSet')
    return { kind: owner.kind, name: owner.name };
  const rollout = pod.metadata.labels?.[ROLLOUT_HASH];
  const hash = rollout ?? pod.metadata.labels?.['pod-template-hash'];
  const name =
    hash && owner.name.endsWith(`-${hash}`)
      ? owner.name.slice(0, -hash.length - 1)
      : owner.name.replace(/-[a-z0-9]+$/, '');
  return { kind: rollout ? 'Rollout' : 'Deployment', name };
}

/** Whether a pod's Ready condition is true and it is not being deleted. */
export function isReady(pod: KubernetesObject): boolean {
  if (pod.metadata.deletionTimestamp) return false;
  return asRecords(pod.status?.conditions).some(
    condition => condition.type === 'Ready' && condition.status === 'True',
  );
}

/** Tag of the first container that is not the proxy. */
export function appTag(pod: KubernetesObject): string | undefined {
  const container = asRecords(pod.spec?.containers).find(
    entry => entry.name !== PROXY_CONTAINER,
  );
  const image = asString(container?.image);
  return image === undefined ? undefined : imageTag(image);
}

/** Values of the label `istio` that Istio's gateways carry. */
const GATEWAYS = new Set(['ingressgateway', 'egressgateway']);

/** Whether a workload is where traffic leaves the mesh. */
export function isEgressGateway(workload: LiveWorkload): boolean {
  return workload.labels.istio === 'egressgateway';
}

function dataPlaneOf(pod: KubernetesObject): LiveWorkload['dataPlane'] {
  if (pod.metadata.labels?.[MANAGED_GATEWAY] === WAYPOINT_CONTROLLER) {
    return 'waypoint';
  }
  if (GATEWAYS.has(pod.metadata.labels?.istio ?? '')) return 'gateway';
  if (
    pod.metadata.annotations?.['ambient.istio.io/redirection'] === 'enabled'
  ) {
    return 'ambient';
  }
  return containerNames(pod).includes(PROXY_CONTAINER) &&
    pod.metadata.annotations?.['sidecar.istio.io/status'] !== undefined
    ? 'sidecar'
    : 'none';
}

/** The pods of the cluster by workload, kept up to date one change at a time. */
export class PodIndex {
  readonly pods = new Map<string, LivePod>();
  readonly workloads = new Map<string, LiveWorkload>();
  /** Changes whenever any pod does. */
  changes = 0;
  readonly #byNamespace = new Map<string, Set<LivePod>>();
  readonly #apps = new Map<string, App>();
  readonly #namespaceRevision = new Map<string, number>();
  readonly #removed = new Set<(workload: LiveWorkload) => void>();

  constructor(apps: readonly App[]) {
    for (const app of apps) this.#apps.set(`${app.namespace}/${app.name}`, app);
  }

  /** Calls back when a workload has lost its last pod. */
  onRemoved(listener: (workload: LiveWorkload) => void): void {
    this.#removed.add(listener);
  }

  inNamespace(namespace: string): Iterable<LivePod> {
    return this.#byNamespace.get(namespace) ?? [];
  }

  /** Changes whenever a pod of the namespace does. */
  revision(namespace: string): number {
    return this.#namespaceRevision.get(namespace) ?? 0;
  }

  put(object: KubernetesObject): void {
    const namespace = object.metadata.namespace ?? 'default';
    const key = `${namespace}/${object.metadata.name}`;
    const existing = this.pods.get(key);
    const ready = isReady(object);
    const tag = appTag(object);
    if (
      existing &&
      existing.ready === ready &&
      existing.tag === tag &&
      existing.nodeName === asString(object.spec?.nodeName) &&
      existing.object.metadata.labels === object.metadata.labels
    ) {
      existing.object = object;
      return;
    }
    if (existing) this.#detach(existing);
    const workload = this.#workload(object, namespace);
    const pod: LivePod = {
      key,
      namespace,
      name: object.metadata.name,
      labels: object.metadata.labels ?? {},
      nodeName: asString(object.spec?.nodeName),
      ready,
      tag,
      workload,
      object,
    };
    this.pods.set(key, pod);
    workload.pods.add(pod);
    let members = this.#byNamespace.get(namespace);
    if (!members) this.#byNamespace.set(namespace, (members = new Set()));
    members.add(pod);
    this.#touch(workload);
    if (existing && existing.workload !== workload) {
      this.#dropIfEmpty(existing.workload);
    }
  }

  delete(object: KubernetesObject): void {
    const key = `${object.metadata.namespace ?? 'default'}/${
      object.metadata.name
    }`;
    const pod = this.pods.get(key);
    if (!pod) return;
    this.#detach(pod);
    this.#dropIfEmpty(pod.workload);
  }

  #detach(pod: LivePod): void {
    this.pods.delete(pod.key);
    pod.workload.pods.delete(pod);
    this.#byNamespace.get(pod.namespace)?.delete(pod);
    this.#touch(pod.workload);
  }

  #dropIfEmpty(workload: LiveWorkload): void {
    if (workload.pods.size > 0) return;
    this.workloads.delete(workload.key);
    this.#removed.forEach(listener => listener(workload));
  }

  #touch(workload: LiveWorkload): void {
    let readyPods = 0;
    for (const pod of workload.pods) if (pod.ready) readyPods++;
    workload.readyPods = readyPods;
    workload.revision++;
    this.changes++;
    this.#namespaceRevision.set(
      workload.namespace,
      this.revision(workload.namespace) + 1,
    );
  }

  #workload(object: KubernetesObject, namespace: string): LiveWorkload {
    const owner = ownerOf(object);
    const key = `${namespace}/${owner.name}${variantOf(object)}`;
    const found = this.workloads.get(key);
    if (found) return found;
    const labels = object.metadata.labels ?? {};
    const appName =
      labels.app ?? labels['app.kubernetes.io/name'] ?? owner.name;
    const workload: LiveWorkload = {
      key,
      namespace,
      name: owner.name,
      kind: owner.kind,
      appName,
      version: labels.version ?? '',
      canonicalName: labels['service.istio.io/canonical-name'] ?? appName,
      canonicalRevision:
        labels['service.istio.io/canonical-revision'] ??
        labels.version ??
        'latest',
      serviceAccount: asString(object.spec?.serviceAccountName) ?? 'default',
      labels,
      dataPlane: dataPlaneOf(object),
      app:
        this.#apps.get(`${namespace}/${appName}`) ??
        this.#apps.get(`${namespace}/${labels['app.kubernetes.io/name']}`),
      ...(labels[ROLLOUT_HASH] ? { rolloutHash: labels[ROLLOUT_HASH] } : {}),
      pods: new Set(),
      readyPods: 0,
      revision: 0,
    };
    this.workloads.set(key, workload);
    return workload;
  }
}
