import { contentHash } from '../names';
import type { KubernetesObject, ObjectChange } from '../store';
import { asObject, asText } from '../values';
import type { Controller, ControllerContext, Enqueue } from './context';
import { keyOf, splitKey } from './context';
import { recordRevision } from './controller-revision';
import { controllerOf } from './owner-index';
import { createPod, stopPod } from './pod-factory';
import { isActive, isReady } from './pod-state';
import { podsOf } from './replicas';
import { isSchedulable, selects, tolerates } from './scheduler';

const resource = 'daemonsets.apps';
const hashLabel = 'controller-revision-hash';

/** Keeps one pod of a DaemonSet on every node that may have it. */
export class DaemonSetController implements Controller {
  readonly name = 'daemonset-controller';
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  observe(change: ObjectChange, enqueue: Enqueue): void {
    const { resource: changed, object, type, previous } = change;
    if (changed === resource) {
      enqueue(keyOf(object));
    } else if (changed === 'pods') {
      const owner = controllerOf(object);
      if (owner?.kind === 'DaemonSet') {
        enqueue(`${object.metadata.namespace}/${owner.name}`);
      }
    } else if (
      changed === 'nodes' &&
      (type !== 'MODIFIED' ||
        !previous ||
        isSchedulable(previous) !== isSchedulable(object) ||
        previous.metadata.labels !== object.metadata.labels)
    ) {
      this.#context.store.list(resource).forEach(set => enqueue(keyOf(set)));
    }
  }

  sync(key: string): void {
    const { store } = this.#context;
    const [namespace, name] = splitKey(key);
    const set = store.get(resource, namespace, name);
    if (!set || set.metadata.deletionTimestamp) {
      return;
    }
    const hash = contentHash(set.spec?.template);
    recordRevision(this.#context, set, hash);
    const probe: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: '' },
      spec: asObject(asObject(set.spec?.template).spec),
    };
    const nodes = store
      .list('nodes')
      .filter(
        node =>
          !node.metadata.deletionTimestamp &&
          selects(probe, node) &&
          tolerates(probe, node),
      );
    const byNode = new Map<string, KubernetesObject>();
    for (const pod of podsOf(this.#context, set).filter(isActive)) {
      byNode.set(asText(pod.spec?.nodeName) ?? '', pod);
    }
    for (const node of nodes) {
      if (!byNode.has(node.metadata.name) && isSchedulable(node)) {
        this.#place(set, node, hash);
      }
    }
    this.#replaceOne(set, [...byNode.values()], hash);
    this.#report(set, key, nodes.length, hash);
  }

  #place(set: KubernetesObject, node: KubernetesObject, hash: string): void {
    const { store } = this.#context;
    const labels = { [hashLabel]: hash };
    const pod = createPod(this.#context, set, { labels });
    store.put('pods', {
      ...pod,
      spec: { ...pod.spec, nodeName: node.metadata.name },
    });
  }

  /** A rolling update takes one outdated pod at a time, while all others are ready. */
  #replaceOne(
    set: KubernetesObject,
    pods: readonly KubernetesObject[],
    hash: string,
  ): void {
    const strategy = asObject(set.spec?.updateStrategy).type;
    const outdated = pods.find(
      pod => pod.metadata.labels?.[hashLabel] !== hash,
    );
    if (outdated && strategy !== 'OnDelete' && pods.every(isReady)) {
      stopPod(this.#context, outdated);
    }
  }

  #report(
    set: KubernetesObject,
    key: string,
    desired: number,
    hash: string,
  ): void {
    const [namespace, name] = splitKey(key);
    const pods = podsOf(this.#context, set).filter(isActive);
    const ready = pods.filter(isReady).length;
    this.#context.store.putStatus(resource, namespace, name, {
      currentNumberScheduled: pods.length,
      desiredNumberScheduled: desired,
      numberAvailable: ready,
      numberMisscheduled: 0,
      numberReady: ready,
      ...(desired > ready ? { numberUnavailable: desired - ready } : {}),
      observedGeneration: set.metadata.generation ?? 1,
      updatedNumberScheduled: pods.filter(
        pod => pod.metadata.labels?.[hashLabel] === hash,
      ).length,
    });
  }
}
