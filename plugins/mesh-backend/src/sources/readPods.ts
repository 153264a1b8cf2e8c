import type { PodsObject } from '@orrery/backstage-plugin-mesh-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import { z } from 'zod';

const containerSchema = z.object({
  name: z.string(),
  image: z.string().optional(),
});

const podSchema = z.object({
  metadata: z.object({
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
    ownerReferences: z
      .array(z.object({ kind: z.string(), name: z.string() }))
      .optional(),
    deletionTimestamp: z.string().optional(),
  }),
  spec: z
    .object({
      containers: z.array(containerSchema).optional(),
      initContainers: z.array(containerSchema).optional(),
    })
    .optional(),
  status: z
    .object({
      phase: z.string().optional(),
      conditions: z
        .array(z.object({ type: z.string(), status: z.string() }))
        .optional(),
    })
    .optional(),
});

/** What is kept of a pod: clusters have tens of thousands. */
type Pod = {
  workload: string;
  isReady: boolean;
  hasProxy: boolean;
  version?: string;
  revision?: string;
  /** Set for pods of istiod, whose version is then istiod's. */
  isControlPlane?: boolean;
};

const PROXY = 'istio-proxy';
const DISCOVERY = 'discovery';
const REVISION = 'istio.io/rev';
const FIELD = 'orreryPod';
const FINISHED = new Set(['Succeeded', 'Failed']);

/**
 * The name that Istio's telemetry gives to the owner of a pod: pods of a
 * ReplicaSet belong to what made it, whose name is the set's without its hash.
 */
function workloadOf(
  name: string,
  owner: { kind: string; name: string } | undefined,
  hash: string | undefined,
): string {
  if (!owner) {
    return name;
  }
  return owner.kind === 'ReplicaSet' && hash && owner.name.endsWith(`-${hash}`)
    ? owner.name.slice(0, -hash.length - 1)
    : owner.name;
}

/** `1.28.3` of `docker.io/istio/proxyv2:1.28.3-distroless`. */
function versionOf(image: string | undefined): string | undefined {
  const [tag] = image?.split('@')[0].match(/:[^/:]+$/) ?? [];
  return tag?.slice(1).replace(/-(distroless|debug)$/, '');
}

/** Keeps of a pod what {@link readPods} reads. */
export function keepOfPod(object: KubernetesObject): KubernetesObject {
  const { name, namespace, resourceVersion } = object.metadata;
  const parsed = podSchema.safeParse(object);
  const kept: KubernetesObject = {
    metadata: { name, namespace, resourceVersion },
  };
  if (!parsed.success) {
    return kept;
  }
  const { metadata, spec, status } = parsed.data;
  const proxy = [
    ...(spec?.containers ?? []),
    ...(spec?.initContainers ?? []),
  ].find(container => container.name === PROXY);
  if (metadata.deletionTimestamp || FINISHED.has(status?.phase ?? '')) {
    return kept;
  }
  const isControlPlane = metadata.labels?.app === 'istiod';
  const main = isControlPlane
    ? spec?.containers?.find(container => container.name === DISCOVERY)
    : proxy;
  const pod: Pod = {
    workload: workloadOf(
      name,
      metadata.ownerReferences?.[0],
      metadata.labels?.['pod-template-hash'],
    ),
    isReady:
      status?.conditions?.some(
        ({ type, status: value }) => type === 'Ready' && value === 'True',
      ) ?? false,
    hasProxy: proxy !== undefined,
    version: versionOf(main?.image),
    // The injector writes an annotation; some charts a label.
    revision: metadata.labels?.[REVISION] ?? metadata.annotations?.[REVISION],
    ...(isControlPlane && { isControlPlane }),
  };
  return { ...kept, [FIELD]: pod };
}

function isPod(value: unknown): value is Pod {
  return typeof value === 'object' && value !== null && 'workload' in value;
}

/** How far the control plane is with a proxy, by `namespace/pod`. */
export type ProxySync = ReadonlyMap<string, boolean>;

/**
 * The pods of each workload in numbers.
 *
 * @param objects - pods as {@link keepOfPod} keeps them
 * @param sync - absent when the control plane could not be asked
 */
export function readPods(
  objects: readonly KubernetesObject[],
  sync?: ProxySync,
): PodsObject[] {
  const byWorkload = new Map<
    string,
    { -readonly [K in keyof PodsObject]: PodsObject[K] } & {
      versionSet: Set<string>;
      revisionSet: Set<string>;
    }
  >();
  for (const object of objects) {
    const pod = object[FIELD];
    const { name, namespace = '' } = object.metadata;
    if (!isPod(pod)) {
      continue;
    }
    const key = `${namespace}/${pod.workload}`;
    const sum = byWorkload.get(key) ?? {
      namespace,
      workload: pod.workload,
      pods: 0,
      ready: 0,
      proxies: 0,
      versions: [],
      revisions: [],
      versionSet: new Set(),
      revisionSet: new Set(),
      ...(sync && { sync: { connected: 0, synced: 0 } }),
    };
    byWorkload.set(key, sum);
    sum.pods += 1;
    sum.ready += pod.isReady ? 1 : 0;
    if (!pod.hasProxy) {
      continue;
    }
    sum.proxies += 1;
    if (pod.version) {
      sum.versionSet.add(pod.version);
    }
    if (pod.revision) {
      sum.revisionSet.add(pod.revision);
    }
    const isSynced = sync?.get(`${namespace}/${name}`);
    if (sum.sync && isSynced !== undefined) {
      sum.sync.connected += 1;
      sum.sync.synced += isSynced ? 1 : 0;
    }
  }
  return [...byWorkload.values()].map(
    ({ versionSet, revisionSet, ...sum }) => ({
      ...sum,
      versions: [...versionSet].sort(),
      revisions: [...revisionSet].sort(),
    }),
  );
}

/** A pod of istiod, and where to find it. */
export type ControlPlanePod = {
  namespace: string;
  name: string;
  revision: string;
  version?: string;
  isReady: boolean;
};

/** The pods of istiod among all. */
export function readControlPlanePods(
  objects: readonly KubernetesObject[],
): ControlPlanePod[] {
  return objects.flatMap(object => {
    const pod = object[FIELD];
    const { name, namespace = '' } = object.metadata;
    return isPod(pod) && pod.isControlPlane
      ? [
          {
            namespace,
            name,
            revision: pod.revision ?? 'default',
            version: pod.version,
            isReady: pod.isReady,
          },
        ]
      : [];
  });
}
