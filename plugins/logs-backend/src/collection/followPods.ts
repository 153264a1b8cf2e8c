import { setTimeout } from 'node:timers/promises';
import type {
  ActionOutcome,
  KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { z } from 'zod';

const POLL_MILLISECONDS = 2000;

const count = z.number().default(0);

const workloadSchema = z.looseObject({
  spec: z.looseObject({ replicas: z.number().optional() }).optional(),
  status: z
    .looseObject({
      observedGeneration: count,
      updatedReplicas: count,
      readyReplicas: count,
      // DaemonSets count by nodes.
      desiredNumberScheduled: z.number().optional(),
      updatedNumberScheduled: count,
      numberReady: count,
      conditions: z
        .array(
          z.looseObject({ type: z.string(), reason: z.string().optional() }),
        )
        .default([]),
    })
    .prefault({}),
});

/** How far a workload's pods are with its newest template. */
function progressOf(object: KubernetesObject) {
  const { spec, status } = workloadSchema.parse(object);
  const isDaemonSet = status.desiredNumberScheduled !== undefined;
  const wanted = status.desiredNumberScheduled ?? spec?.replicas ?? 1;
  const updated = isDaemonSet
    ? status.updatedNumberScheduled
    : status.updatedReplicas;
  const ready = isDaemonSet ? status.numberReady : status.readyReplicas;
  return {
    isSeen: status.observedGeneration >= (object.metadata.generation ?? 0),
    isOver: status.conditions.some(
      ({ reason }) => reason === 'ProgressDeadlineExceeded',
    ),
    wanted,
    done: Math.min(updated, ready),
  };
}

/** Waits until all pods are of the newest template and ready. */
export async function followPods(options: {
  signal: AbortSignal;
  report: (message: string) => void;
  read: () => Promise<KubernetesObject>;
  pollMilliseconds?: number;
}): Promise<ActionOutcome> {
  const { signal, report, read } = options;
  let last = '';
  for (;;) {
    const { isSeen, isOver, wanted, done } = progressOf(await read());
    const message = `${done} of ${wanted} pods have it and are ready`;
    if (isSeen && done >= wanted) {
      return { state: 'succeeded', message };
    }
    if (isSeen && isOver) {
      return {
        state: 'failed',
        message: `${message}; the deadline for progress has passed`,
      };
    }
    if (signal.aborted) {
      return { state: 'failed', message: `Gave up waiting: ${message}` };
    }
    if (message !== last) {
      last = message;
      report(message);
    }
    await setTimeout(options.pollMilliseconds ?? POLL_MILLISECONDS, undefined, {
      signal,
    }).catch(() => undefined);
  }
}
