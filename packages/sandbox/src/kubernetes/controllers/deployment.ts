import type { KubernetesObject, ObjectChange } from '../store';
import { asNumber, asObject } from '../values';
import type { Controller, ControllerContext, Enqueue } from './context';
import { keyOf, splitKey } from './context';
import { deploymentStatus, progressDeadline } from './deployment-status';
import { controllerOf } from './owner-index';
import { specNumber } from './pod-state';
import { ownedObjects, podsOf } from './replicas';
import { createReplicaSet, renumber } from './revision-set';
import { isFromTemplate, revisionAnnotation, revisionOf } from './revisions';
import { nextStep, rolloutLimits, type ReplicaCounts } from './rolling-update';

const resource = 'deployments.apps';
const sets = 'replicasets.apps';
const component = 'deployment-controller';

function countsOf(set: KubernetesObject): ReplicaCounts {
  return {
    wanted: specNumber(set, 'replicas', 1),
    actual: asNumber(set.status?.replicas) ?? 0,
    available: asNumber(set.status?.availableReplicas) ?? 0,
  };
}

/** Rolls a Deployment's template out through ReplicaSets. */
export class DeploymentController implements Controller {
  readonly name = component;
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  observe(change: ObjectChange, enqueue: Enqueue): void {
    const { type, resource: changed, object } = change;
    const { namespace } = object.metadata;
    if (changed === resource) {
      enqueue(keyOf(object));
    } else if (changed === sets) {
      const owner = controllerOf(object);
      if (owner?.kind === 'Deployment') {
        enqueue(`${namespace}/${owner.name}`);
      }
    } else if (changed === 'pods' && type === 'DELETED') {
      // A Recreate rollout waits for the last old pod to be gone.
      const owner = controllerOf(object);
      const set = owner && this.#context.store.get(sets, namespace, owner.name);
      const deployment = set && controllerOf(set);
      if (deployment?.kind === 'Deployment') {
        enqueue(`${namespace}/${deployment.name}`);
      }
    }
  }

  sync(key: string, enqueue: Enqueue): void {
    const { store } = this.#context;
    const [namespace, name] = splitKey(key);
    let deployment = store.get(resource, namespace, name);
    if (!deployment) {
      return;
    }
    if (!deployment.metadata.deletionTimestamp) {
      const newest = this.#newest(deployment);
      deployment = store.get(resource, namespace, name) ?? deployment;
      this.#scale(deployment, newest);
      this.#forgetOld(deployment);
    }
    this.#report(deployment, key, enqueue);
  }

  /** ReplicaSets of a Deployment, oldest revision first. */
  #sets(deployment: KubernetesObject): KubernetesObject[] {
    return ownedObjects(this.#context, deployment, sets).sort(
      (left, right) => revisionOf(left) - revisionOf(right),
    );
  }

  /** The ReplicaSet of the present template; makes it unless the rollout is held. */
  #newest(deployment: KubernetesObject): KubernetesObject | undefined {
    const { store } = this.#context;
    const all = this.#sets(deployment);
    const found = all.find(set => isFromTemplate(set, deployment));
    const latest = Math.max(0, ...all.map(revisionOf));
    if (!found && deployment.spec?.paused === true) {
      return undefined;
    }
    if (!found && this.#mustWait(deployment, all)) {
      return undefined;
    }
    const revision =
      found && revisionOf(found) === latest && latest > 0 ? latest : latest + 1;
    const newest = found
      ? renumber(this.#context, found, revision)
      : createReplicaSet(this.#context, deployment, revision);
    if (revisionOf(deployment) !== revision) {
      store.put(resource, {
        ...deployment,
        metadata: {
          ...deployment.metadata,
          annotations: {
            ...deployment.metadata.annotations,
            [revisionAnnotation]: String(revision),
          },
        },
      });
    }
    return newest;
  }

  /** With strategy Recreate nothing new starts before the old pods are gone. */
  #mustWait(deployment: KubernetesObject, old: KubernetesObject[]): boolean {
    if (asObject(deployment.spec?.strategy).type !== 'Recreate') {
      return false;
    }
    for (const set of old) {
      this.#resize(deployment, set, 0);
    }
    return old.some(set => podsOf(this.#context, set).length > 0);
  }

  #scale(
    deployment: KubernetesObject,
    newest: KubernetesObject | undefined,
  ): void {
    const replicas = specNumber(deployment, 'replicas', 1);
    const all = this.#sets(deployment);
    const current =
      newest && all.find(set => set.metadata.name === newest.metadata.name);
    const old = all.filter(
      set => set !== current && specNumber(set, 'replicas', 0) > 0,
    );
    if (deployment.spec?.paused === true) {
      // A held rollout still follows a change of size, on its only live set.
      const live = all.filter(set => specNumber(set, 'replicas', 0) > 0);
      if (live.length === 1) {
        this.#resize(deployment, live[0], replicas);
      }
      return;
    }
    if (!current) {
      return;
    }
    const step = nextStep(
      replicas,
      rolloutLimits(deployment, replicas),
      countsOf(current),
      old.map(countsOf),
    );
    this.#resize(deployment, current, step.newest);
    old.forEach((set, index) => this.#resize(deployment, set, step.old[index]));
  }

  #resize(
    deployment: KubernetesObject,
    set: KubernetesObject,
    size: number,
  ): void {
    const { store, events } = this.#context;
    const before = specNumber(set, 'replicas', 0);
    if (before === size) {
      return;
    }
    const latest =
      store.get(sets, set.metadata.namespace, set.metadata.name) ?? set;
    store.put(sets, { ...latest, spec: { ...latest.spec, replicas: size } });
    events.record(
      deployment,
      'Normal',
      'ScalingReplicaSet',
      `Scaled ${size > before ? 'up' : 'down'} replica set ${
        set.metadata.name
      } from ${before} to ${size}`,
      component,
    );
  }

  #forgetOld(deployment: KubernetesObject): void {
    const limit = specNumber(deployment, 'revisionHistoryLimit', 10);
    const idle = this.#sets(deployment).filter(
      set =>
        specNumber(set, 'replicas', 0) === 0 &&
        (asNumber(set.status?.replicas) ?? 0) === 0 &&
        !isFromTemplate(set, deployment),
    );
    for (const set of idle.slice(0, Math.max(0, idle.length - limit))) {
      this.#context.store.delete(
        sets,
        set.metadata.namespace,
        set.metadata.name,
      );
    }
  }

  #report(deployment: KubernetesObject, key: string, enqueue: Enqueue): void {
    const { store, clock } = this.#context;
    const [namespace, name] = splitKey(key);
    const all = this.#sets(deployment);
    const status = deploymentStatus(
      deployment,
      all.find(set => isFromTemplate(set, deployment)),
      all,
      clock.now(),
    );
    store.putStatus(resource, namespace, name, status);
    const deadline = progressDeadline(deployment, status);
    if (deadline !== undefined && deadline > clock.now()) {
      enqueue(key, deadline);
    }
  }
}
