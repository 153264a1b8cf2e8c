import type { PodObject, WorkloadObject } from '../objects';
import type { WorkloadKind, WorkloadStatus } from '../schema';
import { groupProblems, podsOf } from './groupProblems';
import { podProblem } from './podProblem';

/** Pods of a workload in figures; undefined is unknown. */
export type PodCounts = {
  desired?: number;
  ready?: number;
  available?: number;
  updated?: number;
  all?: number;
};

/** Reads the figures of a Deployment, StatefulSet, DaemonSet or Rollout. */
export function countPods({ spec, status }: WorkloadObject): PodCounts {
  if (!status) {
    return { desired: spec?.replicas };
  }
  if (status.desiredNumberScheduled !== undefined) {
    return {
      desired: status.desiredNumberScheduled,
      ready: status.numberReady ?? 0,
      available: status.numberAvailable ?? 0,
      updated: status.updatedNumberScheduled ?? 0,
    };
  }
  return {
    desired: spec?.replicas ?? 1,
    ready: status.readyReplicas ?? 0,
    available: status.availableReplicas ?? status.readyReplicas ?? 0,
    updated: status.updatedReplicas ?? 0,
    all: status.replicas ?? 0,
  };
}

function isUnseen({ metadata, status }: WorkloadObject): boolean {
  // Rollouts write the generation that they saw as a text.
  return Number(status?.observedGeneration ?? 0) < (metadata.generation ?? 0);
}

function conditionOf(workload: WorkloadObject, type: string) {
  return workload.status?.conditions?.find(
    condition => condition.type === type,
  );
}

/** Failing where nothing serves, degraded where some do. */
function brokenState(ready: number): 'Failing' | 'Degraded' {
  return ready > 0 ? 'Degraded' : 'Failing';
}

function stuckStatus(
  workload: WorkloadObject,
  ready: number,
  problem: string | undefined,
): WorkloadStatus | undefined {
  const refused = conditionOf(workload, 'ReplicaFailure');
  if (refused?.status === 'True') {
    return {
      state: brokenState(ready),
      sentence: `Pods are refused: ${
        refused.message ?? refused.reason ?? 'no reason was given'
      }`,
    };
  }
  const progress = conditionOf(workload, 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') {
    const seconds = workload.spec?.progressDeadlineSeconds ?? 600;
    return {
      state: brokenState(ready),
      sentence: `The rollout did not finish within ${seconds} s${
        problem ? `: ${problem}` : ''
      }`,
    };
  }
  return undefined;
}

function rolloutPhase(
  { status }: WorkloadObject,
  ready: number,
): WorkloadStatus | undefined {
  const message = status?.message;
  switch (status?.phase) {
    case 'Paused':
      return {
        state: 'Paused',
        sentence: `The rollout is paused${message ? `: ${message}` : ''}`,
      };
    case 'Degraded':
      return {
        state: brokenState(ready),
        sentence: message ?? 'The rollout failed',
      };
    default:
      return undefined;
  }
}

function progressStatus(counts: PodCounts): WorkloadStatus | undefined {
  const { desired = 0, updated = 0, available = 0, all } = counts;
  if (updated < desired) {
    return {
      state: 'Progressing',
      sentence: `${updated} of ${podsOf(desired)} replaced`,
    };
  }
  const old = all === undefined ? 0 : all - updated;
  if (old > 0) {
    return {
      state: 'Progressing',
      sentence: `${old} old ${old === 1 ? 'pod is' : 'pods are'} ending`,
    };
  }
  return available < desired
    ? {
        state: 'Progressing',
        sentence: `${available} of ${podsOf(desired)} available`,
      }
    : undefined;
}

/**
 * Status of a Deployment, StatefulSet, DaemonSet or Rollout in words.
 *
 * @param pods - its pods; undefined when they could not be read
 */
export function replicaStatus(
  kind: WorkloadKind,
  workload: WorkloadObject,
  pods: readonly PodObject[] | undefined,
): WorkloadStatus {
  if (!workload.status) {
    return {
      state: 'Unknown',
      sentence: 'No controller has reported about it yet',
    };
  }
  const counts = countPods(workload);
  const { desired = 0, ready = 0 } = counts;
  if (isUnseen(workload)) {
    return {
      state: 'Progressing',
      sentence: 'The controller has not seen the last change yet',
    };
  }
  if (desired === 0) {
    return kind === 'DaemonSet'
      ? { state: 'Idle', sentence: 'No node is meant to run it' }
      : { state: 'Idle', sentence: 'Scaled to zero' };
  }
  const problems = (pods ?? []).flatMap(pod => podProblem(pod) ?? []);
  const problem = groupProblems(problems, desired);
  const told = problem?.isPassing ? undefined : problem?.sentence;
  const stuck = stuckStatus(workload, ready, told);
  if (stuck) {
    return stuck;
  }
  const phase = kind === 'Rollout' ? rolloutPhase(workload, ready) : undefined;
  if (phase && (phase.state !== 'Paused' || !told)) {
    return phase;
  }
  if (told) {
    return { state: brokenState(ready), sentence: told };
  }
  if (workload.spec?.paused) {
    return {
      state: 'Paused',
      sentence: 'Paused: changes are not rolled out until it is resumed',
    };
  }
  return (
    progressStatus(counts) ??
    (problem
      ? { state: 'Progressing', sentence: problem.sentence }
      : {
          state: 'Healthy',
          sentence:
            desired === 1
              ? 'The pod is ready'
              : `All ${desired} pods are ready`,
        })
  );
}
