import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  checkValue,
  configKeyWritePermission,
  maskChange,
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
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import type { ConfigMapHistory } from '../configMaps/ConfigMapHistory';
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

/** What actions on ConfigMaps work with. */
export type ConfigMapTools = Pick<
  KeyTools,
  'client' | 'config' | 'history' | 'now'
> & { mapHistory: ConfigMapHistory };

type Input = DeleteConfigMapKeyInput;

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

/**
 * What all actions on one key of a ConfigMap have in common.
 *
 * @param valueOf - what the key is to be; undefined where it is to go
 */
export function configMapActionParts<I extends Input>(
  tools: ConfigMapTools,
  valueOf: (input: I) => string | undefined | Promise<string | undefined>,
) {
  const { client, config, mapHistory, now = () => new Date() } = tools;

  const targetOf = ({ configMap }: I) =>
    parseTarget('configMap', configMap, { kinds: ['ConfigMap'], config });

  async function prepare(input: I) {
    const target = targetOf(input);
    const value = await valueOf(input);
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
    if (before === undefined && value === undefined) {
      throw new NotFoundError(`${name} has no key ${input.key}`);
    }
    if (before === value) {
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
    if (value !== undefined) {
      const error = checkValue(input.key, value).problems.find(
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
    return { target, object, before, value, users };
  }

  async function write(
    input: I,
    value: string | undefined,
    resourceVersion: string,
    dryRun: boolean,
  ) {
    const { cluster, namespace, name } = targetOf(input);
    const patch = {
      metadata: { resourceVersion },
      // A merge patch deletes by null.
      data: { [input.key]: value ?? null },
    };
    try {
      return await client.patch<KubernetesObject>(
        cluster,
        RESOURCE_TYPES.configMaps,
        { namespace, name },
        { type: 'merge', patch },
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

    target: (input: I) => formatRef({ ...targetOf(input), type: 'workload' }),

    async preview(input: I) {
      const { target, object, before, value, users } = await prepare(input);
      const { cluster, namespace, name } = target;
      const version = object.metadata.resourceVersion ?? '';
      await write(input, value, version, true);
      const names = users.map(label).join(', ');
      const restarts =
        input.restart && users.length > 0
          ? `Restarts ${names}: pods are replaced one by one.`
          : `Nothing is restarted: files of volumes follow within a minute or so, variables at the next start${
              names ? ` of ${names}` : ''
            }.`;
      return {
        target: formatRef({ ...target, type: 'workload' }),
        summary: `${value === undefined ? 'Delete' : 'Set'} ${
          input.key
        } of ConfigMap ${name} in ${namespace}`,
        ...maskChange(input.key, before, value),
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

    async run(
      input: I,
      {
        resourceVersion,
        actor,
        reason,
      }: { resourceVersion: string; actor: string; reason: string },
    ) {
      const { target, object, before, value, users } = await prepare(input);
      const place = { ...target, ref: input.configMap };
      // Counted before the write, so that whoever notices it counts the same.
      // A history that cannot be written holds no change up.
      const count = await mapHistory
        .observe(place, object)
        .then(() => mapHistory.count(place, input.key))
        .catch(() => undefined);
      const written = await write(input, value, resourceVersion, false);
      if (count !== undefined) {
        const change = { key: input.key, count, actor, reason };
        await mapHistory
          .record(
            place,
            {
              ...change,
              ...(before !== undefined && { before }),
              ...(value !== undefined && { after: value }),
            },
            written,
          )
          .catch(() => undefined);
      }
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

    async verify(input: I) {
      const value = await valueOf(input);
      const target = targetOf(input);
      const object = await client.get<KubernetesObject>(
        target.cluster,
        RESOURCE_TYPES.configMaps,
        target,
      );
      return dataOf(object)[input.key] === value
        ? {
            state: 'succeeded' as const,
            message: `ConfigMap ${target.name} has what was written; the Delivery tab shows the rollouts`,
          }
        : {
            state: 'failed' as const,
            message: `Somebody else has written ${input.key} since`,
          };
    },

    undo: () => 'Restore the value before from the history of the ConfigMap.',
  };
}
