import {
  compareWorkloads,
  summarizeWorkload,
  WORKLOAD_KINDS,
  type PodObject,
  type ScalerObject,
  type WorkloadKind,
  type WorkloadObject,
  type WorkloadParts,
  type WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import type { Listed } from '../sources/DeliveryObjects';
import { as, asAll, WORKLOAD_LISTS } from './objects';

const NOTHING: readonly never[] = [];

function keyOf(namespace: string | undefined, kind: string, name: string) {
  return `${namespace ?? ''}/${kind}/${name}`;
}

type Owner = { kind: string; name: string; key: string };

/**
 * Keys of objects that stay: a change of one pod must not cost those of all
 * others anew.
 */
const ownKeys = new WeakMap<KubernetesObject, string>();
const owners = new WeakMap<KubernetesObject, { owner?: Owner }>();

function ownKey(object: KubernetesObject, kind: string): string {
  let key = ownKeys.get(object);
  if (key === undefined) {
    key = keyOf(object.metadata.namespace, kind, object.metadata.name);
    ownKeys.set(object, key);
  }
  return key;
}

/** What controls an object, or at least owns it. */
function ownerOf(object: KubernetesObject): Owner | undefined {
  const known = owners.get(object);
  if (known) {
    return known.owner;
  }
  const { namespace, ownerReferences = [] } = object.metadata;
  const found =
    ownerReferences.find(({ controller }) => controller) ??
    ownerReferences.at(0);
  const owner = found && {
    kind: found.kind,
    name: found.name,
    key: keyOf(namespace, found.kind, found.name),
  };
  owners.set(object, { owner });
  return owner;
}

function add<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) {
    list.push(item);
  } else {
    map.set(key, [item]);
  }
}

type Kept = { parts: WorkloadParts; summary: WorkloadSummary };

function isSameParts(left: WorkloadParts, right: WorkloadParts): boolean {
  const isSame = (
    one: readonly unknown[] = NOTHING,
    other: readonly unknown[] = NOTHING,
  ) =>
    one.length === other.length &&
    one.every((item, index) => item === other[index]);
  return (
    left.workload === right.workload &&
    left.scaler?.object === right.scaler?.object &&
    left.flagger?.name === right.flagger?.name &&
    left.flagger?.isPrimary === right.flagger?.isPrimary &&
    (left.pods === undefined) === (right.pods === undefined) &&
    isSame(left.pods, right.pods) &&
    isSame(left.jobs, right.jobs)
  );
}

/**
 * The workloads of one cluster with what belongs to each. It is built once
 * for each state of the cluster; workloads that nothing happened to keep the
 * summary that the index before had made.
 */
export class WorkloadIndex {
  /** All workloads, the worst first. */
  readonly summaries: readonly WorkloadSummary[];
  readonly #kept = new Map<string, Kept>();
  readonly #replicaSets = new Map<string, KubernetesObject[]>();

  constructor(cluster: string, objects: Listed, before?: WorkloadIndex) {
    const scalers = readScalers(objects);
    const flagger = readFlagger(objects);
    const pods = this.#podsByOwner(objects);
    const jobs = new Map<string, WorkloadObject[]>();
    for (const job of objects.jobs ?? NOTHING) {
      const owner = ownerOf(job);
      if (owner?.kind === 'CronJob') {
        add(jobs, owner.key, as<WorkloadObject>(job));
      }
    }
    const listedPods = objects.pods;
    const summaries: WorkloadSummary[] = [];
    for (const kind of WORKLOAD_KINDS) {
      for (const object of objects[WORKLOAD_LISTS[kind]] ?? NOTHING) {
        // Jobs of a CronJob are shown with it.
        if (kind === 'Job' && ownerOf(object)?.kind === 'CronJob') {
          continue;
        }
        const key = ownKey(object, kind);
        const parts: WorkloadParts = {
          cluster,
          kind,
          workload: as<WorkloadObject>(object),
          pods: listedPods && (pods.get(key) ?? NOTHING),
          jobs: objects.jobs && (jobs.get(key) ?? NOTHING),
          scaler: scalers.get(key),
          flagger: flagger.get(key),
        };
        const known = before && before.#kept.get(key);
        const summary =
          known && isSameParts(known.parts, parts)
            ? known.summary
            : summarizeWorkload(parts);
        this.#kept.set(key, { parts, summary });
        summaries.push(summary);
      }
    }
    this.summaries = summaries.sort(compareWorkloads);
  }

  /** A workload with what belongs to it. */
  find(namespace: string, kind: WorkloadKind, name: string): Kept | undefined {
    return this.#kept.get(keyOf(namespace, kind, name));
  }

  /** ReplicaSets of a Deployment or Rollout. */
  replicaSetsOf(
    namespace: string,
    kind: WorkloadKind,
    name: string,
  ): readonly KubernetesObject[] {
    return this.#replicaSets.get(keyOf(namespace, kind, name)) ?? NOTHING;
  }

  #podsByOwner(objects: Listed): Map<string, PodObject[]> {
    const above = new Map<string, string>();
    for (const set of objects.replicaSets ?? NOTHING) {
      const owner = ownerOf(set);
      if (owner) {
        above.set(ownKey(set, 'ReplicaSet'), owner.key);
        add(this.#replicaSets, owner.key, set);
      }
    }
    for (const job of objects.jobs ?? NOTHING) {
      const owner = ownerOf(job);
      if (owner?.kind === 'CronJob') {
        above.set(ownKey(job, 'Job'), owner.key);
      }
    }
    const pods = new Map<string, PodObject[]>();
    for (const pod of objects.pods ?? NOTHING) {
      const owner = ownerOf(pod);
      if (owner) {
        const { namespace, labels } = pod.metadata;
        const key =
          above.get(owner.key) ??
          (owner.kind === 'ReplicaSet'
            ? ownerByName(namespace, owner.name, labels)
            : owner.key);
        add(pods, key, as<PodObject>(pod));
      }
    }
    return pods;
  }
}

/** Controllers name ReplicaSets after their owner and the hash of the template. */
function ownerByName(
  namespace: string | undefined,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): string {
  const rollout = labels['rollouts-pod-template-hash'];
  const hash = rollout ?? labels['pod-template-hash'];
  const owner =
    hash && name.endsWith(`-${hash}`) ? name.slice(0, -hash.length - 1) : name;
  return keyOf(namespace, rollout ? 'Rollout' : 'Deployment', owner);
}

/** The autoscaler of each workload. KEDA's stands for the one that it makes. */
function readScalers(
  objects: Listed,
): Map<string, NonNullable<WorkloadParts['scaler']>> {
  const scalers = new Map<string, NonNullable<WorkloadParts['scaler']>>();
  for (const [kind, list] of [
    ['HorizontalPodAutoscaler', objects.horizontalPodAutoscalers],
    ['ScaledObject', objects.scaledObjects],
  ] as const) {
    for (const object of asAll<ScalerObject>(list) ?? NOTHING) {
      const { kind: of = 'Deployment', name } =
        object.spec?.scaleTargetRef ?? {};
      if (name) {
        scalers.set(keyOf(object.metadata.namespace, of, name), {
          kind,
          object,
        });
      }
    }
  }
  return scalers;
}

/** Which Canary each target and each primary belongs to. */
function readFlagger(
  objects: Listed,
): Map<string, NonNullable<WorkloadParts['flagger']>> {
  const canaries = new Map<string, NonNullable<WorkloadParts['flagger']>>();
  for (const { metadata, spec } of objects.canaries ?? NOTHING) {
    const target: unknown =
      typeof spec === 'object' && spec !== null
        ? Reflect.get(spec, 'targetRef')
        : undefined;
    if (typeof target !== 'object' || target === null) {
      continue;
    }
    const kind = String(Reflect.get(target, 'kind') ?? 'Deployment');
    const name = String(Reflect.get(target, 'name') ?? '');
    const canary = metadata.name;
    canaries.set(keyOf(metadata.namespace, kind, name), {
      name: canary,
      isPrimary: false,
    });
    canaries.set(keyOf(metadata.namespace, kind, `${name}-primary`), {
      name: canary,
      isPrimary: true,
    });
  }
  return canaries;
}
