import { ConflictError } from '@backstage/errors';
import {
  deleteObjectsInputSchema,
  deliveryServicePermissions,
  isNamedAfter,
} from '@orrery/backstage-plugin-delivery-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import {
  isProtected,
  KubernetesError,
  type ActionDefinition,
} from '@orrery/backstage-plugin-orrery-node';
import type { z } from 'zod';
import { FIELD_MANAGER } from '../workloads/actions/ActionTools';
import { follow } from '../workloads/actions/followRollout';
import { versionOf, type ServiceObjects } from './ServiceObjects';
import { showObjects } from './showObjects';
import type { ObjectTools } from './types';

type Input = z.infer<typeof deleteObjectsInputSchema>;

/** Takes objects of one service away, traffic first. */
export function createDeleteObjectsAction(
  tools: ObjectTools,
  objects: ServiceObjects,
): ActionDefinition<typeof deleteObjectsInputSchema> {
  const { client, config } = tools;

  async function prepare(input: Input) {
    input.objects.forEach(({ name }, index) => {
      if (!isNamedAfter(input.app, name)) {
        throw new InvalidValueError(
          `objects[${index}].name`,
          `${input.app}, or a name that begins with ${input.app}-`,
          name,
        );
      }
    });
    return (await objects.find(input, input.objects)).reverse();
  }

  return {
    name: 'delete-objects',
    title: 'Delete objects of a service',
    description:
      'Takes Kubernetes and Istio objects of one service away, traffic first and what others refer to last. What is gone already is left out.',
    input: deleteObjectsInputSchema,
    permission: deliveryServicePermissions.delete,

    target: input => objects.refOf(input),

    async preview(input) {
      const entries = await prepare(input);
      const there = entries.flatMap(({ present }) => present ?? []);
      const { cluster, namespace, app } = input;
      await Promise.all(
        entries
          .filter(({ present }) => present !== undefined)
          .map(({ type, key }) =>
            client.delete(
              cluster,
              type,
              { namespace, name: key.name },
              { dryRun: true, fieldManager: FIELD_MANAGER },
            ),
          ),
      );
      return {
        target: objects.refOf(input),
        summary: `Delete ${there.length} objects of ${app} in ${namespace}${
          there.length < entries.length
            ? `; ${entries.length - there.length} are gone already`
            : ''
        }`,
        before: showObjects(there),
        after: '',
        blastRadius: { sentences: [] },
        resourceVersion: versionOf(entries),
        ...(isProtected(config, cluster, namespace) && {
          typedConfirmation: app,
        }),
        warnings: [],
      };
    },

    async run(input, { resourceVersion }) {
      const entries = await prepare(input);
      if (versionOf(entries) !== resourceVersion) {
        throw new ConflictError(
          `Objects of ${input.app} have changed since they were previewed: preview them again`,
        );
      }
      const { cluster, namespace, app } = input;
      let deleted = 0;
      for (const { key, type, present } of entries) {
        if (present) {
          await client
            .delete(
              cluster,
              type,
              { namespace, name: key.name },
              { fieldManager: FIELD_MANAGER },
            )
            .catch(ignoreGone);
          deleted += 1;
        }
      }
      return { message: `${deleted} objects of ${app} are deleted` };
    },

    verify(input, context) {
      return follow(tools, context, async () => {
        const there = (await prepare(input)).filter(
          ({ present }) => present !== undefined,
        );
        const [first] = there;
        return first
          ? {
              state: 'running',
              message: `${there.length} are still there, such as ${first.key.kind} ${first.key.name}`,
            }
          : { state: 'succeeded', message: 'All of them are gone' };
      });
    },

    undo: () => 'Apply the text before the change again.',
  };
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof KubernetesError && error.statusCode === 404)) {
    throw error;
  }
}
