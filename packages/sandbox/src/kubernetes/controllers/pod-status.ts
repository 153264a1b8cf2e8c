import type { KubernetesObject } from '../store';
import { asText, type JsonObject } from '../values';
import {
  containersOf,
  containerStatus,
  previousStatus,
} from './container-status';
import { initStatuses, podConditions } from './pod-status-parts';

/** How far a pod has come. */
export type PodPhase =
  | { kind: 'creating' }
  | { kind: 'image'; image: string; backingOff: boolean }
  | { kind: 'running'; ready: boolean; startedAt: string }
  | { kind: 'crashed'; restartCount: number }
  | { kind: 'completed'; startedAt: string };

/** The status of a scheduled pod that has come so far. */
export function podStatus(
  pod: KubernetesObject,
  phase: PodPhase,
  now: string,
  address: { hostIP: string; podIP: string },
): JsonObject {
  const { main } = containersOf(pod);
  const base = {
    ...pod.status,
    hostIP: address.hostIP,
    hostIPs: [{ ip: address.hostIP }],
    qosClass: pod.status?.qosClass ?? 'Burstable',
    startTime: pod.status?.startTime ?? now,
  };
  const started = phase.kind === 'running' || phase.kind === 'crashed';
  const withAddress =
    started || phase.kind === 'completed'
      ? { podIP: address.podIP, podIPs: [{ ip: address.podIP }] }
      : {};
  const statuses = main.map(container => {
    const before = previousStatus(pod, container.name);
    const kept = {
      restartCount: before.restartCount,
      lastState: before.lastState,
    };
    switch (phase.kind) {
      case 'image': {
        if (container.image !== phase.image) {
          break;
        }
        const reason = phase.backingOff ? 'ImagePullBackOff' : 'ErrImagePull';
        const message = phase.backingOff
          ? `Back-off pulling image "${phase.image}"`
          : `failed to pull and unpack image "${phase.image}": not found`;
        return containerStatus(
          pod,
          container,
          { waiting: { reason, message } },
          { ready: false, ...kept },
        );
      }
      case 'running':
        return containerStatus(
          pod,
          container,
          { running: { startedAt: phase.startedAt } },
          { ready: phase.ready, ...kept },
        );
      case 'crashed':
        return containerStatus(
          pod,
          container,
          {
            waiting: {
              reason: 'CrashLoopBackOff',
              message: `back-off restarting failed container=${container.name} pod=${pod.metadata.name}`,
            },
          },
          {
            ready: false,
            restartCount: phase.restartCount,
            lastState:
              phase.restartCount === before.restartCount
                ? before.lastState
                : {
                    terminated: {
                      exitCode: 1,
                      reason: 'Error',
                      startedAt: now,
                      finishedAt: now,
                    },
                  },
          },
        );
      case 'completed':
        return containerStatus(
          pod,
          container,
          {
            terminated: {
              exitCode: 0,
              reason: 'Completed',
              startedAt: phase.startedAt,
              finishedAt: now,
            },
          },
          { ready: false, ...kept },
        );
      default:
    }
    return containerStatus(
      pod,
      container,
      { waiting: { reason: 'ContainerCreating' } },
      { ready: false, ...kept },
    );
  });
  const ready = phase.kind === 'running' && phase.ready;
  return {
    ...base,
    ...withAddress,
    phase: phaseName(phase),
    conditions: podConditions(pod, now, {
      initialized: phase.kind !== 'creating',
      ready,
      ...(phase.kind === 'completed' ? { reason: 'PodCompleted' } : {}),
    }),
    ...initStatuses(
      pod,
      asText(base.startTime) ?? now,
      started || phase.kind === 'completed',
    ),
    containerStatuses: statuses,
  };
}

function phaseName(phase: PodPhase): string {
  if (phase.kind === 'completed') {
    return 'Succeeded';
  }
  return phase.kind === 'running' || phase.kind === 'crashed'
    ? 'Running'
    : 'Pending';
}
