import type { KubernetesObject, ObjectChange } from '../store';
import { asNumber, asText } from '../values';
import { AddressPool, hostAddress } from './addresses';
import { containersOf, previousStatus } from './container-status';
import type { Controller, ControllerContext, Enqueue } from './context';
import { keyOf, splitKey } from './context';
import { controllerOf } from './owner-index';
import { condition } from './pod-state';
import { announcePhase } from './pod-events';
import { podStatus, type PodPhase } from './pod-status';
import { momentOf, schedulePod } from './pod-scheduling';
import { NodeLoad } from './scheduler';
import { StageClock } from './stage-clock';

/** How long the stages of a pod's life take, milliseconds. */
const stage = {
  pull: 900,
  becomeReady: 1300,
  /** Of images whose tag says that they start slowly. */
  becomeReadySlowly: 60_000,
  stop: 1500,
  imageRetry: 8000,
  crashRestart: 6000,
  scheduleRetry: 2000,
  complete: 4000,
};

/** How long a started pod takes until it is ready. */
function startTime(pod: KubernetesObject): number {
  const isSlow = containersOf(pod).main.some(({ image }) =>
    asText(image)?.endsWith('-slowstart'),
  );
  return isSlow ? stage.becomeReadySlowly : stage.becomeReady;
}

/** Scheduler and kubelets in one: brings pods up, keeps them, takes them down. */
export class PodController implements Controller {
  readonly name = 'kubelet';
  readonly #context: ControllerContext;
  readonly #addresses = new AddressPool();
  readonly #load = new NodeLoad();
  readonly #stages: StageClock;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#stages = new StageClock(context);
  }

  observe(change: ObjectChange, enqueue: Enqueue): void {
    const { type, resource, object, previous } = change;
    this.#addresses.observe(change);
    if (resource === 'pods') {
      this.#load.add(previous?.spec?.nodeName, -1);
      if (type === 'DELETED') {
        this.#stages.forget(keyOf(object));
        return;
      }
      this.#load.add(object.spec?.nodeName, 1);
      enqueue(keyOf(object));
    }
  }

  sync(key: string, enqueue: Enqueue): void {
    const { store } = this.#context;
    const [namespace, name] = splitKey(key);
    const pod = store.get('pods', namespace, name);
    if (!pod) {
      return;
    }
    if (pod.metadata.deletionTimestamp) {
      this.#stop(pod, key, enqueue);
    } else if (!pod.spec?.nodeName) {
      const assigned = schedulePod(this.#context, pod, this.#load);
      if (!assigned && !this.#context.settling) {
        enqueue(key, this.#context.clock.now() + stage.scheduleRetry);
      }
    } else {
      this.#run(pod, key, enqueue);
    }
  }

  #passed(key: string, name: string, duration: number, enqueue: Enqueue) {
    return this.#stages.passed(key, name, duration, due => enqueue(key, due));
  }

  #stop(pod: KubernetesObject, key: string, enqueue: Enqueue): void {
    const grace =
      asNumber(pod.metadata.deletionGracePeriodSeconds) ?? stage.stop / 1000;
    const duration = Math.min(stage.stop, grace * 1000);
    if (
      this.#passed(key, 'stopping', duration, enqueue) &&
      !pod.metadata.finalizers?.length
    ) {
      this.#context.store.delete(
        'pods',
        pod.metadata.namespace,
        pod.metadata.name,
      );
    }
  }

  #run(pod: KubernetesObject, key: string, enqueue: Enqueue): void {
    const phase = this.#next(pod, key, enqueue);
    if (phase) {
      this.#write(pod, phase);
    }
  }

  #next(
    pod: KubernetesObject,
    key: string,
    enqueue: Enqueue,
  ): PodPhase | undefined {
    const { hooks, clock } = this.#context;
    if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') {
      return undefined;
    }
    const running = pod.status?.phase === 'Running';
    const missing = running ? undefined : this.#missingImage(pod);
    if (missing !== undefined) {
      const first = this.#passed(key, 'pull', stage.pull, enqueue);
      if (!first) {
        return { kind: 'creating' };
      }
      const round = Math.floor(
        (this.#stages.elapsed(key, 'pull') - stage.pull) / stage.imageRetry,
      );
      if (!this.#context.settling) {
        enqueue(key, clock.now() + stage.imageRetry);
      }
      return { kind: 'image', image: missing, backingOff: round % 2 === 1 };
    }
    if (!running && !this.#passed(key, 'pull', stage.pull, enqueue)) {
      return { kind: 'creating' };
    }
    const health = hooks.podHealth?.(pod) ?? 'healthy';
    const [first] = containersOf(pod).main;
    const before = previousStatus(pod, first?.name);
    if (health === 'crashing') {
      return this.#crash(key, before.restartCount, enqueue);
    }
    const now = momentOf(this.#context, pod);
    const state = before.state.running;
    const startedAt =
      (typeof state === 'object' && state && 'startedAt' in state
        ? asText(state.startedAt)
        : undefined) ?? now;
    if (
      pod.spec?.restartPolicy !== 'Always' &&
      controllerOf(pod)?.kind === 'Job'
    ) {
      return this.#passed(key, 'complete', stage.complete, enqueue)
        ? { kind: 'completed', startedAt }
        : { kind: 'running', ready: true, startedAt };
    }
    const ready =
      health === 'healthy' &&
      this.#nodeIsReady(pod) &&
      (condition(pod, 'Ready')?.status === 'True' ||
        this.#passed(key, 'start', startTime(pod), enqueue));
    return { kind: 'running', ready, startedAt };
  }

  #crash(key: string, restartCount: number, enqueue: Enqueue): PodPhase {
    const due = this.#passed(
      key,
      `crash ${restartCount}`,
      stage.crashRestart * Math.min(restartCount, 5),
      enqueue,
    );
    if (due && !this.#context.settling) {
      enqueue(key, this.#context.clock.now() + stage.crashRestart);
    }
    return { kind: 'crashed', restartCount: restartCount + (due ? 1 : 0) };
  }

  #nodeIsReady(pod: KubernetesObject): boolean {
    const name = asText(pod.spec?.nodeName) ?? '';
    const node = this.#context.store.get('nodes', undefined, name);
    return !node || condition(node, 'Ready')?.status === 'True';
  }

  #missingImage(pod: KubernetesObject): string | undefined {
    const { hooks } = this.#context;
    for (const container of containersOf(pod).main) {
      const image = asText(container.image) ?? '';
      const exists = hooks.imageExists?.(image) ?? true;
      if (!exists || image.endsWith('-missing')) {
        return image;
      }
    }
    return undefined;
  }

  #write(pod: KubernetesObject, phase: PodPhase): void {
    const { store } = this.#context;
    const { namespace, name } = pod.metadata;
    const now = momentOf(this.#context, pod);
    const node = store.get(
      'nodes',
      undefined,
      asText(pod.spec?.nodeName) ?? '',
    );
    const hostIP = hostAddress(node);
    const known = asText(pod.status?.podIP);
    const needed = phase.kind === 'running' || phase.kind === 'crashed';
    let podIP = known ?? '';
    if (!known && needed) {
      podIP = pod.spec?.hostNetwork === true ? hostIP : this.#addresses.take();
    }
    const status = podStatus(pod, phase, now, { hostIP, podIP });
    announcePhase(this.#context.events, pod, phase);
    store.putStatus('pods', namespace, name, status);
  }
}
