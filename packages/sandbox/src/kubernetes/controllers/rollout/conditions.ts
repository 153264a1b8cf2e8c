import type { KubernetesObject } from '../../store';
import {
  asNumber,
  asObject,
  asObjects,
  asText,
  type JsonObject,
} from '../../values';
import { specNumber } from '../pod-state';
import {
  availableOf,
  isAborted,
  revisionOfRollout,
  type RolloutView,
} from './rollout';

type Entry = JsonObject & { type: string };

/** Replaces a condition unless status and reason stay; its transition time moves only with the status. */
function withRolloutCondition(
  conditions: readonly JsonObject[],
  next: { type: string; status: string; reason: string; message: string },
  now: string,
  refresh = false,
): JsonObject[] {
  const before = conditions.find(entry => entry.type === next.type);
  if (
    before?.status === next.status &&
    before.reason === next.reason &&
    !refresh
  ) {
    return [...conditions];
  }
  const entry: Entry = {
    ...next,
    lastUpdateTime: now,
    lastTransitionTime:
      before?.status === next.status
        ? asText(before.lastTransitionTime) ?? now
        : now,
  };
  return [...conditions.filter(({ type }) => type !== next.type), entry];
}

const count = (status: JsonObject, field: string) =>
  asNumber(status[field]) ?? 0;

function isComplete(view: RolloutView, status: JsonObject): boolean {
  const { replicas, steps, blueGreen, rollout } = view;
  const everything =
    count(status, 'updatedReplicas') === replicas &&
    count(status, 'availableReplicas') === replicas &&
    view.status.observedGeneration === String(rollout.metadata.generation);
  if (blueGreen) {
    const { activeSelector, previewSelector } = asObject(status.blueGreen);
    return (
      everything &&
      activeSelector === status.currentPodHash &&
      (!blueGreen.previewService || previewSelector === status.currentPodHash)
    );
  }
  const stepsDone =
    steps.length === 0 || status.currentStepIndex === steps.length;
  return (
    everything &&
    stepsDone &&
    status.stableRS === status.currentPodHash &&
    count(status, 'replicas') === replicas
  );
}

function hasProgressed(before: JsonObject, status: JsonObject): boolean {
  const old = (of: JsonObject) =>
    count(of, 'replicas') - count(of, 'updatedReplicas');
  const selectors = (of: JsonObject) => {
    const { activeSelector, previewSelector } = asObject(of.blueGreen);
    return `${activeSelector} ${previewSelector}`;
  };
  return (
    count(status, 'updatedReplicas') !== count(before, 'updatedReplicas') ||
    old(status) < old(before) ||
    count(status, 'readyReplicas') > count(before, 'readyReplicas') ||
    count(status, 'availableReplicas') > count(before, 'availableReplicas') ||
    status.stableRS !== before.stableRS ||
    status.currentStepIndex !== before.currentStepIndex ||
    status.currentStepHash !== before.currentStepHash ||
    selectors(status) !== selectors(before)
  );
}

/** Whether the present step waits for something that has no deadline. */
function waitsAtStep({ steps, stepIndex }: RolloutView): boolean {
  const step = stepIndex === undefined ? undefined : steps[stepIndex];
  return Boolean(step && (step.experiment || step.analysis || step.pause));
}

/** What a reconciliation knows besides the status it computes. */
export interface ConditionInput {
  view: RolloutView;
  /** Everything but conditions, phase and message. */
  status: JsonObject;
  now: number;
  instant: string;
  abortMessage?: string;
}

function subjectOf({ newest, rollout }: RolloutView): string {
  return newest
    ? `ReplicaSet "${newest.metadata.name}"`
    : `Rollout "${rollout.metadata.name}"`;
}

/** When a rollout that stands still will have missed its deadline, milliseconds since the epoch. */
export function rolloutDeadline(
  rollout: KubernetesObject,
  conditions: readonly JsonObject[],
): number | undefined {
  const progressing = conditions.find(entry => entry.type === 'Progressing');
  const since = Date.parse(asText(progressing?.lastUpdateTime) ?? '');
  const seconds = specNumber(rollout, 'progressDeadlineSeconds', 600);
  return progressing?.reason === 'NewReplicaSetAvailable' || Number.isNaN(since)
    ? undefined
    : since + seconds * 1000;
}

function progress(
  input: ConditionInput,
  conditions: JsonObject[],
  complete: boolean,
  fellIll: boolean,
): JsonObject[] {
  const { view, status, now, instant } = input;
  const paused =
    asObjects(status.pauseConditions).length > 0 ||
    view.rollout.spec?.paused === true;
  const before = conditions.find(entry => entry.type === 'Progressing');
  const put = (
    state: string,
    reason: string,
    message: string,
    refresh = false,
  ) =>
    withRolloutCondition(
      conditions,
      { type: 'Progressing', status: state, reason, message },
      instant,
      refresh,
    );
  if (isAborted(status)) {
    const revision = revisionOfRollout(view.rollout);
    const message = `Rollout aborted update to revision ${revision}`;
    return put(
      'False',
      'RolloutAborted',
      input.abortMessage ? `${message}: ${input.abortMessage}` : message,
    );
  }
  if (complete) {
    return put(
      'True',
      'NewReplicaSetAvailable',
      `${subjectOf(view)} has successfully progressed.`,
    );
  }
  if (before?.reason === 'RolloutAborted') {
    return put('Unknown', 'RolloutRetry', 'Retrying Rollout after abort');
  }
  if (paused) return put('Unknown', 'RolloutPaused', 'Rollout is paused');
  if (before?.reason === 'RolloutPaused') {
    return put('Unknown', 'RolloutResumed', 'Rollout is resumed');
  }
  if (hasProgressed(view.status, status) || fellIll || !before) {
    return fellIll && status.stableRS === status.currentPodHash
      ? put(
          'True',
          'ReplicaSetNotAvailable',
          'Rollout does not have minimum availability',
          true,
        )
      : put(
          'True',
          'ReplicaSetUpdated',
          `${subjectOf(view)} is progressing.`,
          true,
        );
  }
  const deadline = rolloutDeadline(view.rollout, conditions);
  if (!waitsAtStep(view) && deadline !== undefined && now >= deadline) {
    return put(
      'False',
      'ProgressDeadlineExceeded',
      `${subjectOf(view)} has timed out progressing.`,
    );
  }
  return conditions;
}

/** The conditions of a Rollout after a reconciliation. */
export function rolloutConditions(input: ConditionInput): JsonObject[] {
  const { view, status, instant } = input;
  const { replicas, all, blueGreen, rollout } = view;
  const put = (
    conditions: JsonObject[],
    type: string,
    on: boolean,
    reason: string,
    message: string,
  ) =>
    withRolloutCondition(
      conditions,
      { type, status: on ? 'True' : 'False', reason, message },
      instant,
    );
  let conditions = asObjects(view.status.conditions).filter(
    entry => entry.type !== 'InvalidSpec',
  );
  const paused =
    asObjects(status.pauseConditions).length > 0 ||
    rollout.spec?.paused === true;
  const complete = !paused && isComplete(view, status);
  const healthy = conditions.find(entry => entry.type === 'Healthy');
  if (complete || healthy) {
    conditions = put(
      conditions,
      'Healthy',
      complete,
      'RolloutHealthy',
      complete ? 'Rollout is healthy' : 'Rollout is not healthy',
    );
  }
  const known = conditions.find(entry => entry.type === 'Paused');
  if (paused || known?.status === 'True') {
    conditions = put(
      conditions,
      'Paused',
      paused,
      'RolloutPaused',
      'Rollout is paused',
    );
  }
  conditions = progress(
    input,
    conditions,
    complete,
    healthy?.status === 'True' && !complete,
  );
  const available = blueGreen
    ? availableOf(view.stable) >= replicas
    : all.reduce((sum, set) => sum + availableOf(set), 0) >= replicas;
  conditions = put(
    conditions,
    'Available',
    available,
    'AvailableReason',
    available
      ? 'Rollout has minimum availability'
      : 'Rollout does not have minimum availability',
  );
  const done =
    status.stableRS !== undefined && status.stableRS === status.currentPodHash;
  return put(
    conditions,
    'Completed',
    done,
    'RolloutCompleted',
    'RolloutCompleted',
  );
}
