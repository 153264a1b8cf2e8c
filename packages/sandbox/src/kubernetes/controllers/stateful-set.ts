import { contentHash } from '../names';
import type { KubernetesObject, ObjectChange } from '../store';
import { asNumber, asObject } from '../values';
import type { Controller, ControllerContext, Enqueue } from './context';
import { keyOf, splitKey } from './context';
import { recordRevision } from './controller-revision';
import { controllerOf } from './owner-index';
import { createPod, stopPod } from './pod-factory';
import { isReady, specNumber } from './pod-state';
import { podsOf } from './replicas';

const resource = 'statefulsets.apps';
const hashLabel = 'controller-revision-hash';

function ordinalOf(pod: KubernetesObject): number {
  return Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? -1);
}

/** Keeps the numbered pods of a StatefulSet, in order unless told otherwise. */
export class StatefulSetController implements Controller {
  readonly name = 'statefulset-controller';
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  observe({ resource: changed, object }: ObjectChange, enqueue: Enqueue): void {
    if (changed === resource) {
      enqueue(keyOf(object));
    } else if (changed === 'pods') {
      const owner = controllerOf(object);
      if (owner?.kind === 'StatefulSet') {
        enqueue(`${object.metadata.namespace}/${owner.name}`);
      }
    }
  }

  sync(key: string): void {
    const { store } = this.#context;
    const [namespace, name] = splitKey(key);
    const set = store.get(resource, namespace, name);
    if (!set) {
      return;
    }
    const hash = contentHash(set.spec?.template);
    const revision = `${name}-${hash}`;
    if (!set.metadata.deletionTimestamp) {
      recordRevision(this.#context, set, hash);
      this.#step(set, revision);
    }
    this.#report(set, key, revision);
  }

  /** One step towards the wanted pods: make, drop or renew. */
  #step(set: KubernetesObject, revision: string): void {
    const wanted = specNumber(set, 'replicas', 1);
    const parallel = set.spec?.podManagementPolicy === 'Parallel';
    const pods = podsOf(this.#context, set).sort(
      (left, right) => ordinalOf(left) - ordinalOf(right),
    );
    const byOrdinal = new Map(pods.map(pod => [ordinalOf(pod), pod]));
    for (let ordinal = 0; ordinal < wanted; ordinal++) {
      const pod = byOrdinal.get(ordinal);
      if (!pod) {
        this.#create(set, ordinal, revision);
      }
      if (!parallel && !this.#context.settling && (!pod || !isReady(pod))) {
        return;
      }
    }
    const surplus = pods.filter(pod => ordinalOf(pod) >= wanted).reverse();
    for (const pod of surplus) {
      stopPod(this.#context, pod);
      if (!parallel) {
        return;
      }
    }
    this.#renew(set, pods, revision);
  }

  #create(set: KubernetesObject, ordinal: number, revision: string): void {
    const { name } = set.metadata;
    createPod(this.#context, set, {
      name: `${name}-${ordinal}`,
      labels: {
        'apps.kubernetes.io/pod-index': String(ordinal),
        [hashLabel]: revision,
        'statefulset.kubernetes.io/pod-name': `${name}-${ordinal}`,
      },
    });
  }

  /** Replaces the highest outdated pod; `partition` holds the lower ones back. */
  #renew(
    set: KubernetesObject,
    pods: readonly KubernetesObject[],
    revision: string,
  ): void {
    const strategy = asObject(set.spec?.updateStrategy);
    if (strategy.type === 'OnDelete') {
      return;
    }
    const partition = asNumber(asObject(strategy.rollingUpdate).partition) ?? 0;
    const outdated = pods
      .filter(
        pod =>
          ordinalOf(pod) >= partition &&
          pod.metadata.labels?.[hashLabel] !== revision,
      )
      .pop();
    if (outdated && pods.every(isReady)) {
      stopPod(this.#context, outdated);
    }
  }

  #report(set: KubernetesObject, key: string, revision: string): void {
    const [namespace, name] = splitKey(key);
    const pods = podsOf(this.#context, set).filter(
      pod => !pod.metadata.deletionTimestamp,
    );
    const updated = pods.filter(
      pod => pod.metadata.labels?.[hashLabel] === revision,
    ).length;
    const wanted = specNumber(set, 'replicas', 1);
    const ready = pods.filter(isReady).length;
    const done = updated === wanted && ready === wanted;
    this.#context.store.putStatus(resource, namespace, name, {
      availableReplicas: ready,
      collisionCount: 0,
      currentReplicas: done ? wanted : pods.length - updated,
      currentRevision: done
        ? revision
        : set.status?.currentRevision ?? revision,
      observedGeneration: set.metadata.generation ?? 1,
      readyReplicas: ready,
      replicas: pods.length,
      updateRevision: revision,
      updatedReplicas: updated,
    });
  }
}
