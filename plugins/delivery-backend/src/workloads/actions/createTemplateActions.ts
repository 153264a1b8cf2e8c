import {
  chooseContainer,
  deliveryWorkloadPermissions,
  restartPods,
  setEnvironment,
  setEnvironmentInputSchema,
  setProbes,
  setProbesInputSchema,
  setResources,
  setResourcesInputSchema,
  workloadInputSchema,
} from '@orrery/backstage-plugin-delivery-common';
import type { ActionTools } from './ActionTools';
import {
  createWorkloadAction,
  type WorkloadAction,
} from './createWorkloadAction';

const KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Rollout',
  'CronJob',
] as const;
const UNDO =
  'Roll back to the revision before, or set what the row says was there.';

/** Replaces all pods by equal ones. */
export function createRestartAction(
  tools: ActionTools,
): WorkloadAction<typeof workloadInputSchema> {
  const { now = () => new Date() } = tools;
  return createWorkloadAction(tools, {
    name: 'restart-workload',
    title: 'Restart a workload',
    description:
      'Replaces all pods of a workload by new ones of the same version, a few at a time.',
    input: workloadInputSchema,
    permission: deliveryWorkloadPermissions.restart,
    kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'],
    replacesPods: true,
    accepted: 'the restart',
    undo: () =>
      'Nothing to take back: the new pods run the same version. Roll back the release if that version is at fault.',
    async change(_input, { object, target, summary }) {
      const pods = summary?.pods.desired;
      return {
        after: restartPods(target.kind, object, now().toISOString()),
        summary: `Restart ${target.kind} ${target.name} in ${
          target.namespace
        }: replaces ${pods ?? 'its'} ${
          pods === 1 ? 'pod' : 'pods'
        } by new ones of the same version`,
      };
    },
  });
}

/** Changes what a container asks for and may use. */
export function createSetResourcesAction(
  tools: ActionTools,
): WorkloadAction<typeof setResourcesInputSchema> {
  return createWorkloadAction(tools, {
    name: 'set-resources',
    title: 'Set requests and limits',
    description:
      'Changes how much CPU, memory and so on a container asks for and may use. The pods are replaced.',
    input: setResourcesInputSchema,
    permission: deliveryWorkloadPermissions.resources,
    kinds: KINDS,
    replacesPods: true,
    accepted: 'the resources',
    undo: () => UNDO,
    change: async (input, { object, target }) => ({
      after: setResources(object, input),
      summary: `Set the resources of ${
        chooseContainer(object, input.container).name
      } in ${target.kind} ${target.name}`,
    }),
  });
}

/** Changes how a container is asked whether it is well. */
export function createSetProbesAction(
  tools: ActionTools,
): WorkloadAction<typeof setProbesInputSchema> {
  return createWorkloadAction(tools, {
    name: 'set-probes',
    title: 'Set probes',
    description:
      'Changes how Kubernetes asks a container whether it is ready and alive. The pods are replaced.',
    input: setProbesInputSchema,
    permission: deliveryWorkloadPermissions.probes,
    kinds: KINDS,
    replacesPods: true,
    accepted: 'the probes',
    undo: () => UNDO,
    change: async (input, { object, target }) => ({
      after: setProbes(object, input),
      summary: `Set the probes of ${
        chooseContainer(object, input.container).name
      } in ${target.kind} ${target.name}`,
      sentences: input.remove.includes('readiness')
        ? [
            'Without a readiness probe, pods get requests before they are ready.',
          ]
        : [],
    }),
  });
}

/** Changes the environment variables of a container. */
export function createSetEnvironmentAction(
  tools: ActionTools,
): WorkloadAction<typeof setEnvironmentInputSchema> {
  return createWorkloadAction(tools, {
    name: 'set-environment',
    title: 'Set environment variables',
    description:
      'Sets and removes environment variables of a container. The pods are replaced. Values from Secrets are never touched.',
    input: setEnvironmentInputSchema,
    permission: deliveryWorkloadPermissions.environment,
    kinds: KINDS,
    replacesPods: true,
    accepted: 'the variables',
    undo: () => UNDO,
    change: async (input, { object, target }) => ({
      after: setEnvironment(object, input),
      summary: `Set ${input.set.length} and remove ${
        input.remove.length
      } variables of ${chooseContainer(object, input.container).name} in ${
        target.kind
      } ${target.name}`,
    }),
  });
}
