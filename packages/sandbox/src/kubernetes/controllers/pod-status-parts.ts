import type { KubernetesObject } from '../store';
import type { JsonObject } from '../values';
import { containersOf, containerStatus } from './container-status';
import { withCondition } from './pod-state';

/** The standard conditions of a scheduled pod. */
export function podConditions(
  pod: KubernetesObject,
  now: string,
  facts: { initialized: boolean; ready: boolean; reason?: string },
): JsonObject[] {
  const state = (value: boolean) => (value ? 'True' : 'False');
  const why = facts.ready
    ? {}
    : {
        reason: facts.reason ?? 'ContainersNotReady',
        message: `containers with unready status: [${containersOf(pod)
          .main.map(container => container.name)
          .join(' ')}]`,
      };
  let list: unknown = pod.status?.conditions;
  for (const next of [
    { type: 'PodReadyToStartContainers', status: state(facts.initialized) },
    { type: 'Initialized', status: state(facts.initialized) },
    { type: 'Ready', status: state(facts.ready), ...why },
    { type: 'ContainersReady', status: state(facts.ready), ...why },
    { type: 'PodScheduled', status: 'True' },
  ]) {
    list = withCondition(list, next, now);
  }
  return Array.isArray(list) ? list : [];
}

/** Statuses of init containers, with sidecars that stay among them. */
export function initStatuses(
  pod: KubernetesObject,
  now: string,
  done: boolean,
): { initContainerStatuses?: JsonObject[] } {
  const { init } = containersOf(pod);
  if (init.length === 0) {
    return {};
  }
  return {
    initContainerStatuses: init.map(container => {
      if (!done) {
        return containerStatus(
          pod,
          container,
          { waiting: { reason: 'PodInitializing' } },
          { ready: false },
        );
      }
      return container.restartPolicy === 'Always'
        ? containerStatus(
            pod,
            container,
            { running: { startedAt: now } },
            { ready: true },
          )
        : containerStatus(
            pod,
            container,
            {
              terminated: {
                exitCode: 0,
                reason: 'Completed',
                startedAt: now,
                finishedAt: now,
              },
            },
            { ready: true },
          );
    }),
  };
}
