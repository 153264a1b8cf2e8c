import { setTimeout } from 'node:timers/promises';
import {
  type PodObject,
  type WorkloadObject,
  workloadStatus,
} from '@orrery/backstage-plugin-delivery-common';
import type { ActionOutcome } from '@orrery/backstage-plugin-orrery-node';
import { RESOURCE_TYPES } from '@orrery/backstage-plugin-orrery-node';
import { as } from '../objects';
import {
  readWorkload,
  type ActionTools,
  type WorkloadTarget,
} from './ActionTools';

const POLL_MILLISECONDS = 2000;

/** What following needs. */
export type FollowTools = Pick<ActionTools, 'client' | 'pollMilliseconds'>;

export type Follow = { signal: AbortSignal; report: (message: string) => void };

/** Waits, and ends early when nobody listens any more. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** Asks again and again until there is an outcome, telling what it waits for. */
export async function follow(
  tools: FollowTools,
  { signal, report }: Follow,
  look: () => Promise<ActionOutcome | { state: 'running'; message: string }>,
): Promise<ActionOutcome> {
  let last = '';
  for (;;) {
    const seen = await look();
    if (seen.state !== 'running') {
      return { state: seen.state, message: seen.message };
    }
    if (signal.aborted) {
      return { state: 'failed', message: `Gave up waiting: ${seen.message}` };
    }
    if (seen.message !== last) {
      last = seen.message;
      report(seen.message);
    }
    await pause(tools.pollMilliseconds ?? POLL_MILLISECONDS, signal);
  }
}

async function podsOf(
  { client }: FollowTools,
  { cluster, namespace }: WorkloadTarget,
  workload: WorkloadObject,
): Promise<PodObject[] | undefined> {
  const labels = Object.entries(workload.spec?.selector?.matchLabels ?? {});
  if (labels.length === 0) {
    return undefined;
  }
  try {
    const { items } = await client.list(cluster, RESOURCE_TYPES.pods, {
      namespace,
      labelSelector: labels.map(pair => pair.join('=')).join(','),
    });
    return items.map(item => as<PodObject>(item));
  } catch {
    return undefined;
  }
}

/**
 * Follows a rollout to its end. Pods that fail are told while the controller
 * still tries; it is over when all are there, or its deadline has passed.
 */
export function followRollout(
  tools: FollowTools,
  target: WorkloadTarget,
  context: Follow,
): Promise<ActionOutcome> {
  return follow(tools, context, async () => {
    const object = await readWorkload(tools.client, target);
    const workload = as<WorkloadObject>(object);
    const status = workloadStatus(
      target.kind,
      workload,
      await podsOf(tools, target, workload),
    );
    const isOver = workload.status?.conditions?.some(
      ({ type, reason }) =>
        type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
    );
    const isAborted =
      target.kind === 'Rollout' && workload.status?.phase === 'Degraded';
    const message = status.sentence;
    switch (status.state) {
      case 'Healthy':
      case 'Idle':
        return { state: 'succeeded', message };
      case 'Paused':
        return { state: 'succeeded', message };
      default:
        return {
          state: isOver || isAborted ? 'failed' : 'running',
          message,
        };
    }
  });
}
