import {
  deletePodInputSchema,
  deliveryWorkloadPermissions,
  readPod,
  type PodObject,
} from '@orrery/backstage-plugin-delivery-common';
import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import {
  isProtected,
  KubernetesError,
  parseTarget,
  RESOURCE_TYPES,
  type ActionDefinition,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import { as } from '../objects';
import { FIELD_MANAGER, type ActionTools } from './ActionTools';
import { follow } from './followRollout';

/** Ends one pod; its controller makes another. */
export function createDeletePodAction(
  tools: ActionTools,
): ActionDefinition<typeof deletePodInputSchema> {
  const { client, config } = tools;
  const targetOf = (pod: string) =>
    parseTarget('pod', pod, { kinds: ['Pod'], config });
  const read = (pod: string) => {
    const { cluster, namespace, name } = targetOf(pod);
    return client.get<KubernetesObject>(cluster, RESOURCE_TYPES.pods, {
      namespace,
      name,
    });
  };
  return {
    name: 'delete-pod',
    title: 'Delete a pod',
    description:
      'Ends one pod. Its workload makes another, unless nothing owns it.',
    input: deletePodInputSchema,
    permission: deliveryWorkloadPermissions.deletePod,

    target: ({ pod }) => formatRef({ ...targetOf(pod), type: 'workload' }),

    async preview({ pod }) {
      const { cluster, namespace, name } = targetOf(pod);
      const object = await read(pod);
      await client.delete(
        cluster,
        RESOURCE_TYPES.pods,
        { namespace, name },
        { dryRun: true, fieldManager: FIELD_MANAGER },
      );
      const owner = object.metadata.ownerReferences?.[0];
      return {
        target: pod,
        summary: owner
          ? `Delete pod ${name} in ${namespace}: ${owner.kind} ${owner.name} makes another`
          : `Delete pod ${name} in ${namespace} for good`,
        before: stringify({ pod: readPod(as<PodObject>(object)) }),
        after: '',
        blastRadius: {
          pods: 1,
          sentences: owner
            ? []
            : ['Nothing owns it: no other pod takes its place.'],
        },
        // A pod's version changes with every word of its status; what must
        // not have changed is which pod it is.
        resourceVersion: object.metadata.uid ?? '',
        ...(isProtected(config, cluster, namespace) && {
          typedConfirmation: name,
        }),
        warnings: [],
      };
    },

    async run({ pod }) {
      const { cluster, namespace, name } = targetOf(pod);
      await client.delete(
        cluster,
        RESOURCE_TYPES.pods,
        { namespace, name },
        { fieldManager: FIELD_MANAGER },
      );
      return { message: `Pod ${name} is ending` };
    },

    async verify({ pod }, context) {
      return follow(tools, context, async () => {
        try {
          const object = await read(pod);
          return object.metadata.deletionTimestamp
            ? { state: 'running', message: 'It is ending' }
            : // A StatefulSet's next pod has the name of the last.
              { state: 'succeeded', message: 'Another pod has its name now' };
        } catch (error) {
          if (error instanceof KubernetesError && error.statusCode === 404) {
            return { state: 'succeeded', message: 'The pod is gone' };
          }
          throw error;
        }
      });
    },

    undo: () => 'Nothing to take back: its workload makes another pod.',
  };
}
