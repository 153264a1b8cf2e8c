import {
  deliveryWorkloadPermissions,
  scaleWorkloadInputSchema,
} from '@orrery/backstage-plugin-delivery-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import type { ActionTools } from './ActionTools';
import {
  createWorkloadAction,
  type WorkloadAction,
} from './createWorkloadAction';

function replicasOf({ spec }: KubernetesObject): number {
  const replicas: unknown =
    typeof spec === 'object' && spec !== null
      ? Reflect.get(spec, 'replicas')
      : undefined;
  // The API server's own default.
  return typeof replicas === 'number' ? replicas : 1;
}

/** Changes how many pods a workload has. */
export function createScaleAction(
  tools: ActionTools,
): WorkloadAction<typeof scaleWorkloadInputSchema> {
  return createWorkloadAction(tools, {
    name: 'scale-workload',
    title: 'Scale a workload',
    description:
      'Changes how many pods a Deployment, StatefulSet or Rollout has. Refused where an autoscaler decides that.',
    input: scaleWorkloadInputSchema,
    permission: deliveryWorkloadPermissions.scale,
    kinds: ['Deployment', 'StatefulSet', 'Rollout'],
    replacesPods: false,
    subresource: 'scale',
    accepted: 'the number of pods',
    undo: () => 'Scale it back to the number that the row says it had.',

    async change({ replicas }, { object, target, summary }) {
      const scaler = summary?.scaler;
      if (scaler) {
        throw new InvalidValueError(
          'workload',
          `a workload without an autoscaler: ${scaler.kind} ${scaler.name} rules how many pods it has, change that instead`,
          target.name,
        );
      }
      const present = replicasOf(object);
      const spec: unknown = object.spec;
      return {
        after: {
          ...object,
          spec: { ...(typeof spec === 'object' ? spec : {}), replicas },
        },
        summary: `Scale ${target.kind} ${target.name} in ${target.namespace} from ${present} to ${replicas} pods`,
        sentences:
          replicas === 0
            ? ['No pod is left: requests to it fail until it is scaled up.']
            : [],
      };
    },
  });
}
