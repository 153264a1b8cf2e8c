import {
  deliveryWorkloadPermissions,
  setPaused,
  workloadInputSchema,
} from '@orrery/backstage-plugin-delivery-common';
import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import { readWorkload, workloadTarget, type ActionTools } from './ActionTools';
import { createWorkloadAction } from './createWorkloadAction';

const KINDS = ['Deployment', 'Rollout', 'CronJob'] as const;

/** Stops a rollout where it is, or a CronJob from running. */
export function createPauseAction(
  tools: ActionTools,
): ActionDefinition<typeof workloadInputSchema> {
  const action = createWorkloadAction(tools, {
    name: 'pause-workload',
    title: 'Pause a workload',
    description:
      'Stops a rollout where it is; a CronJob does not run while it is paused. Pods stay.',
    input: workloadInputSchema,
    permission: deliveryWorkloadPermissions.pause,
    kinds: KINDS,
    replacesPods: false,
    accepted: 'to pause',
    undo: () => 'Resume it.',
    change: async (_input, { object, target }) => ({
      after: setPaused(target.kind, object, true),
      summary:
        target.kind === 'CronJob'
          ? `Suspend CronJob ${target.name} in ${target.namespace}: it does not run until it is resumed`
          : `Pause ${target.kind} ${target.name} in ${target.namespace}: changes are not rolled out until it is resumed`,
    }),
  });
  return {
    ...action,
    async verify({ workload }) {
      const target = workloadTarget(workload, KINDS, tools.config);
      const object = await readWorkload(tools.client, target);
      const spec: unknown = object.spec;
      const isPaused =
        typeof spec === 'object' &&
        spec !== null &&
        (Reflect.get(spec, 'paused') === true ||
          Reflect.get(spec, 'suspend') === true);
      return isPaused
        ? { state: 'succeeded', message: 'Paused' }
        : { state: 'failed', message: 'Someone has resumed it already' };
    },
  };
}

/** Goes on with a rollout, or lets a CronJob run again. */
export function createResumeAction(
  tools: ActionTools,
): ActionDefinition<typeof workloadInputSchema> {
  return createWorkloadAction(tools, {
    name: 'resume-workload',
    title: 'Resume a workload',
    description: 'Goes on with a rollout, or lets a CronJob run again.',
    input: workloadInputSchema,
    permission: deliveryWorkloadPermissions.resume,
    kinds: KINDS,
    replacesPods: false,
    accepted: 'to go on',
    undo: () => 'Pause it again.',
    change: async (_input, { object, target }) => ({
      after: setPaused(target.kind, object, false),
      summary: `Resume ${target.kind} ${target.name} in ${target.namespace}`,
      sentences:
        target.kind === 'CronJob'
          ? []
          : ['What was changed while it was paused is rolled out now.'],
    }),
  });
}
