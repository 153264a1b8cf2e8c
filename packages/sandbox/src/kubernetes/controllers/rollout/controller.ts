import { timestamp } from '../../storage/timestamp';
import type { KubernetesObject, ObjectChange } from '../../store';
import { asNumber, asObject, asTexts, type JsonObject } from '../../values';
import type { Controller, ControllerContext, Enqueue } from '../context';
import { keyOf, splitKey } from '../context';
import { controllerOf } from '../owner-index';
import { reconcileBlueGreen } from './blue-green';
import { reconcileCanary, type StrategyResult } from './canary';
import { rolloutConditions, rolloutDeadline } from './conditions';
import { Pauses } from './pauses';
import { rolloutPhase } from './phase';
import {
  analysisRuns,
  availableOf,
  experiments,
  replicaSets,
  rolloutComponent,
  rollouts,
  stepHash,
  viewRollout,
  type RolloutView,
} from './rollout';
import { ensureNewest, forgetSets, restartPods, syncEphemeral } from './sets';
import { invalidSpec } from './validate';

const dependents = new Set([replicaSets, analysisRuns, experiments]);

function total(sets: readonly KubernetesObject[], field: string): number {
  return sets.reduce(
    (sum, set) => sum + (asNumber(set.status?.[field]) ?? 0),
    0,
  );
}

/** Counts and hashes, which every status carries. */
function baseStatus(view: RolloutView): JsonObject {
  const { rollout, status, newest, all, hash, steps, stable } = view;
  const available = all.reduce((sum, set) => sum + availableOf(set), 0);
  const selector = asTexts(asObject(rollout.spec?.selector).matchLabels);
  const counts = {
    HPAReplicas: total(all, 'replicas'),
    replicas: total(all, 'replicas'),
    updatedReplicas: newest ? total([newest], 'replicas') : 0,
    readyReplicas: total(all, 'readyReplicas'),
    availableReplicas:
      view.blueGreen && stable ? availableOf(stable) : available,
  };
  return {
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count)),
    selector: Object.entries(selector)
      .map(([label, value]) => `${label}=${value}`)
      .join(','),
    observedGeneration: String(rollout.metadata.generation ?? 1),
    currentPodHash: hash,
    ...(steps.length ? { currentStepHash: stepHash(steps) } : {}),
    ...(status.stableRS ? { stableRS: status.stableRS } : {}),
    ...(status.promoteFull ? { promoteFull: true } : {}),
    ...(status.restartedAt ? { restartedAt: status.restartedAt } : {}),
    blueGreen: {},
    canary: {},
  };
}

function isWithinWindow(view: RolloutView): boolean {
  const { newest, stable, all, rollout } = view;
  const revisions = asNumber(asObject(rollout.spec?.rollbackWindow).revisions);
  if (!newest || !stable || !revisions) return false;
  const born = (set: KubernetesObject) =>
    Date.parse(set.metadata.creationTimestamp ?? '');
  if (born(newest) >= born(stable)) return false;
  const between = all.filter(
    set => born(set) > born(newest) && born(set) < born(stable),
  );
  return between.length < revisions;
}

/** Rolls a Rollout's template out by canary steps or blue-green, as Argo Rollouts does. */
export class RolloutController implements Controller {
  readonly name = rolloutComponent;
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  observe({ resource, object, type }: ObjectChange, enqueue: Enqueue): void {
    if (resource === rollouts) {
      if (type !== 'DELETED') enqueue(keyOf(object));
    } else if (dependents.has(resource)) {
      const owner = controllerOf(object);
      if (owner?.kind === 'Rollout') {
        enqueue(`${object.metadata.namespace}/${owner.name}`);
      }
    }
  }

  sync(key: string, enqueue: Enqueue): void {
    const { store } = this.#context;
    const [namespace, name] = splitKey(key);
    const found = store.get(rollouts, namespace, name);
    if (!found || found.metadata.deletionTimestamp) return;
    const view = viewRollout(this.#context, found);
    const invalid = invalidSpec(view);
    if (invalid !== undefined) {
      this.#refuse(view, invalid);
    } else if (
      view.status.currentPodHash !== view.hash ||
      (view.steps.length > 0 &&
        view.status.currentStepHash !== stepHash(view.steps))
    ) {
      this.#begin(view);
    } else {
      this.#proceed(view, key, enqueue);
    }
  }

  #refuse(view: RolloutView, message: string): void {
    const { status, rollout } = view;
    const now = timestamp(this.#context.clock.now());
    const conditions = [
      {
        type: 'InvalidSpec',
        status: 'True',
        reason: 'InvalidSpec',
        message,
        lastUpdateTime: now,
        lastTransitionTime: now,
      },
    ];
    const before = rolloutPhase(rollout, status);
    const next = {
      ...status,
      observedGeneration: String(rollout.metadata.generation ?? 1),
      phase: 'Degraded',
      message: `InvalidSpec: ${message}`,
    };
    if (before.message === next.message && status.phase === 'Degraded') return;
    this.#write(view, { ...next, conditions });
    this.#context.events.record(
      rollout,
      'Warning',
      'InvalidSpec',
      `The Rollout "${rollout.metadata.name}" is invalid: ${message}`,
      rolloutComponent,
    );
  }

  /** A new template or new steps: everything starts anew. */
  #begin(before: RolloutView): void {
    const { rollout, hash, steps, status } = before;
    if (rollout.spec?.paused === true && status.stableRS) {
      // A paused Rollout takes no new template up, but says that it has seen it.
      const { phase, message } = rolloutPhase(rollout, status);
      this.#write(before, {
        ...status,
        observedGeneration: String(rollout.metadata.generation ?? 1),
        phase,
        ...(message ? { message } : {}),
      });
      return;
    }
    ensureNewest(this.#context, before);
    const current =
      this.#context.store.get(
        rollouts,
        rollout.metadata.namespace,
        rollout.metadata.name,
      ) ?? rollout;
    const view = viewRollout(this.#context, current);
    const toStable = Boolean(hash) && status.stableRS === hash;
    const skip = toStable || isWithinWindow(view);
    if (skip && status.currentPodHash !== undefined) {
      this.#context.events.record(
        current,
        'Normal',
        'SkipSteps',
        toStable
          ? 'Rollback to stable ReplicaSets'
          : 'Rollback to active ReplicaSets within RollbackWindow',
        rolloutComponent,
      );
    }
    const { weights } = asObject(status.canary);
    this.#finish(view, new Pauses({}), {
      canary: weights ? { weights } : {},
      promoteFull: undefined,
      ...(steps.length ? { currentStepIndex: skip ? steps.length : 0 } : {}),
    });
  }

  #proceed(view: RolloutView, key: string, enqueue: Enqueue): void {
    const context = this.#context;
    const pauses = new Pauses(view.status);
    const restarting = restartPods(context, view);
    syncEphemeral(context, view);
    forgetSets(context, view);
    let result: StrategyResult;
    try {
      result = view.blueGreen
        ? reconcileBlueGreen(context, view, pauses)
        : reconcileCanary(context, view, pauses);
    } catch (error) {
      this.#fail(view, error instanceof Error ? error.message : String(error));
      enqueue(key, context.clock.now() + 5000);
      return;
    }
    const wanted = view.rollout.spec?.restartAt;
    const begun =
      typeof wanted === 'string' && Date.parse(wanted) <= context.clock.now();
    this.#finish(view, pauses, {
      ...result.fields,
      ...(begun && !restarting ? { restartedAt: wanted } : {}),
    });
    const { store, clock } = context;
    const now = clock.now();
    const { namespace, name } = view.rollout.metadata;
    const written = store.get(rollouts, namespace, name);
    const conditions = (written?.status?.conditions ?? []) as JsonObject[];
    const deadline = rolloutDeadline(view.rollout, conditions);
    if (deadline !== undefined && deadline > now) result.due.push(deadline);
    if (restarting) result.due.push(now + 1000);
    if (typeof wanted === 'string' && Date.parse(wanted) > now) {
      result.due.push(Date.parse(wanted));
    }
    // Something that is due already has been seen to, and shows in the status.
    const due = result.due.filter(instant => instant > now);
    if (due.length > 0) enqueue(key, Math.min(...due));
  }

  /** What cannot be carried out is said and tried again. */
  #fail(view: RolloutView, message: string): void {
    this.#context.events.record(
      view.rollout,
      'Warning',
      'ReconciliationError',
      `Reconciliation failed with error: ${message}`,
      rolloutComponent,
    );
    this.#refuse(view, message);
  }

  #finish(view: RolloutView, pauses: Pauses, fields: JsonObject): void {
    const now = this.#context.clock.now();
    const settled = {
      ...baseStatus(view),
      ...fields,
      ...pauses.fields(now),
    };
    const status = Object.fromEntries(
      Object.entries(settled).filter(([, value]) => value !== undefined),
    );
    // A world's start is no news: what runs then has always run.
    const created = view.rollout.metadata.creationTimestamp ?? '';
    const moment = (this.#context.settling && Date.parse(created)) || now;
    const conditions = rolloutConditions({
      view,
      status,
      now: moment,
      instant: timestamp(moment),
      abortMessage: pauses.abortMessage,
    });
    const { phase, message } = rolloutPhase(view.rollout, {
      ...status,
      conditions,
    });
    this.#write(view, {
      ...status,
      conditions,
      phase,
      ...(message ? { message } : {}),
    });
  }

  #write({ rollout }: RolloutView, status: JsonObject): void {
    const { namespace, name } = rollout.metadata;
    this.#context.store.putStatus(rollouts, namespace, name, status);
  }
}
