import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  checkValue,
  configKeyWritePermission,
  deleteConfigMapKeyInputSchema,
  maskChange,
  setConfigMapKeyInputSchema,
  type DeleteConfigMapKeyInput,
} from '@orrery/backstage-plugin-config-center-common';
import {
  formatRef,
  InvalidValueError,
} from '@orrery/backstage-plugin-orrery-common';
import {
  isProtected,
  parseTarget,
  RESOURCE_TYPES,
  type ActionDefinition,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { configMapUse } from '../configMaps/configMapUse';
import { dataOf } from '../configMaps/describeConfigMap';
import {
  WORKLOAD_TYPES,
  workloadsOf,
  type WorkloadWithTemplate,
} from '../readers/workloadsOf';
import type { KeyTools } from './KeyTools';

const FIELD_MANAGER = 'orrery';
/** The annotation that `kubectl rollout restart` sets, so that both tools agree. */
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

type Tools = Pick<KeyTools, 'client' | 'config' | 'now'>;
type Input = DeleteConfigMapKeyInput & { value?: string };

const label = ({ kind, object }: WorkloadWithTemplate) =>
  `${kind} ${object.metadata.name}`;

function restartPatch({ kind }: WorkloadWithTemplate, at: string): object {
  return kind === 'Rollout'
    ? { spec: { restartAt: at } }
    : {
        spec: {
          template: { metadata: { annotations: { [RESTARTED_AT]: at } } },
        },
      };
}

/** An action on one key of a ConfigMap. */
function configMapActionParts(tools: Tools) {
  const { client, config, now = () => new Date() } = tools;

  const targetOf = ({ configMap }: Input) =>
    parseTarget('configMap', configMap, { kinds: ['ConfigMap'], config });

  async function prepare(input: Input) {
    const target = targetOf(input);
    const { cluster, namespace, name } = target;
    const [object, workloads] = await Promise.all([
      client.get<KubernetesObject>(cluster, RESOURCE_TYPES.configMaps, target),
      workloadsOf(client, cluster, namespace),
    ]);
    const before = dataOf(object)[input.key];
    if (object.immutable === true) {
      throw new InvalidValueError(
        'configMap',
        'a ConfigMap that can be changed: this one is immutable',
        name,
      );
    }
    if (before === undefined && input.value === undefined) {
      throw new NotFoundError(`${name} has no key ${input.key}`);
    }
    if (before === input.value) {
      throw new InvalidValueError(
        'value',
        'a change: it is like that already',
        input.key,
      );
    }
    const present = object.metadata.resourceVersion ?? '';
    if (
      input.resourceVersion !== undefined &&
      input.resourceVersion !== present
    ) {
      throw new ConflictError(
        `Somebody has changed ConfigMap ${name} since it was read: look at it again`,
      );
    }
    if (input.value !== undefined) {
      const error = checkValue(input.key, input.value).problems.find(
        ({ severity }) => severity === 'error',
      );
      if (error) {
        throw new InvalidValueError(
          'value',
          `a value of ${input.key} that can be read (line ${error.line}, column ${error.column}: ${error.message})`,
          input.key,
        );
      }
    }
    const users = workloads.filter(workload =>
      configMapUse(workload).has(name),
    );
    return { target, object, before, users };
  }

  const patchOf = (input: Input, resourceVersion: string) => ({
    metadata: { resourceVersion },
    // A merge patch deletes by null.
    data: { [input.key]: input.value ?? null },
  });

  async function write(input: Input, version: string, dryRun: boolean) {
    const { cluster, namespace, name } = targetOf(input);
    try {
      await client.patch(
        cluster,
        RESOURCE_TYPES.configMaps,
        { namespace, name },
        { type: 'merge', patch: patchOf(input, version) },
        { dryRun, fieldManager: FIELD_MANAGER },
      );
    } catch (error) {
      if (error instanceof Error && error.name === 'ConflictError') {
        throw new ConflictError(
          `ConfigMap ${name} has changed since it was previewed: preview it again`,
        );
      }
      throw error;
    }
  }

  return {
    permission: configKeyWritePermission,

    target: (input: Input) =>
      formatRef({ ...targetOf(input), type: 'workload' }),

    async preview(input: Input) {
      const { target, object, before, users } = await prepare(input);
      const { cluster, namespace, name } = target;
      const version = object.metadata.resourceVersion ?? '';
      await write(input, version, true);
      const names = users.map(label).join(', ');
      const restarts =
        input.restart && users.length > 0
          ? `Restarts ${names}: pods are replaced one by one.`
          : `Nothing is restarted: files of volumes follow within a minute or so, variables at the next start${
              names ? ` of ${names}` : ''
            }.`;
      return {
        target: formatRef({ ...target, type: 'workload' }),
        summary: `${input.value === undefined ? 'Delete' : 'Set'} ${
          input.key
        } of ConfigMap ${name} in ${namespace}`,
        ...maskChange(input.key, before, input.value),
        blastRadius: {
          sentences: [
            users.length > 0
              ? `Used by ${users
                  .map(
                    user => `${label(user)} (${configMapUse(user).get(name)})`,
                  )
                  .join(', ')}.`
              : 'No workload uses this ConfigMap.',
            restarts,
          ],
        },
        resourceVersion: version,
        ...(isProtected(config, cluster, namespace) && {
          typedConfirmation: name,
        }),
        warnings: [],
      };
    },

    async run(input: Input, { resourceVersion }: { resourceVersion: string }) {
      const { target, users } = await prepare(input);
      await write(input, resourceVersion, false);
      const failed: string[] = [];
      if (input.restart) {
        const at = now().toISOString();
        for (const user of users) {
          const { name, namespace } = user.object.metadata;
          await client
            .patch(
              target.cluster,
              WORKLOAD_TYPES[user.kind],
              { namespace, name },
              { type: 'merge', patch: restartPatch(user, at) },
              { fieldManager: FIELD_MANAGER },
            )
            .catch((error: Error) =>
              failed.push(`${label(user)}: ${error.message}`),
            );
        }
      }
      if (failed.length > 0) {
        throw new Error(
          `ConfigMap ${
            target.name
          } was written, but not all workloads could be restarted: ${failed.join(
            '; ',
          )}`,
        );
      }
      const restarted = input.restart ? users.map(label) : [];
      return {
        message: `ConfigMap ${target.name} accepted ${input.key}${
          restarted.length > 0 ? `; ${restarted.join(', ')} restart` : ''
        }`,
      };
    },

    async verify(input: Input) {
      const target = targetOf(input);
      const object = await client.get<KubernetesObject>(
        target.cluster,
        RESOURCE_TYPES.configMaps,
        target,
      );
      return dataOf(object)[input.key] === input.value
        ? {
            state: 'succeeded' as const,
            message: `ConfigMap ${target.name} has what was written; the Delivery tab shows the rollouts`,
          }
        : {
            state: 'failed' as const,
            message: `Somebody else has written ${input.key} since`,
          };
    },

    undo: () =>
      'Set the key again to what the row says it was, and restart once more.',
  };
}

/** All that can be done to keys of ConfigMaps. */
export function createConfigMapActions(tools: Tools): ActionDefinition[] {
  const parts = configMapActionParts(tools);
  const set: ActionDefinition<typeof setConfigMapKeyInputSchema> = {
    ...parts,
    name: 'set-config-map-key',
    title: 'Set a key of a ConfigMap',
    description:
      'Writes one key of a ConfigMap and, unless told otherwise, restarts the workloads that use it.',
    input: setConfigMapKeyInputSchema,
  };
  const remove: ActionDefinition<typeof deleteConfigMapKeyInputSchema> = {
    ...parts,
    name: 'delete-config-map-key',
    title: 'Delete a key of a ConfigMap',
    description:
      'Deletes one key of a ConfigMap and, unless told otherwise, restarts the workloads that use it.',
    input: deleteConfigMapKeyInputSchema,
  };
  return [set, remove];
}
