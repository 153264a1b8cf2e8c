import { NotFoundError } from '@backstage/errors';
import {
  deleteConfigMapKeyInputSchema,
  restoreConfigMapKeyInputSchema,
  setConfigMapKeyInputSchema,
  type DeleteConfigMapKeyInput,
  type RestoreConfigMapKeyInput,
  type SetConfigMapKeyInput,
} from '@orrery/backstage-plugin-config-center-common';
import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import {
  configMapActionParts,
  type ConfigMapTools,
} from './configMapActionParts';

/** What a key was after a change of its history; undefined where it was none. */
async function valueAfter(
  { history }: ConfigMapTools,
  { configMap, key, change: id }: RestoreConfigMapKeyInput,
): Promise<string | undefined> {
  const change = await history.get(id);
  if (!change || change.prefix !== configMap || change.key !== key) {
    throw new NotFoundError(`The history of ${key} has no change ${id}`);
  }
  return change.after;
}

/** All that can be done to keys of ConfigMaps. */
export function createConfigMapActions(
  tools: ConfigMapTools,
): ActionDefinition[] {
  const set: ActionDefinition<typeof setConfigMapKeyInputSchema> = {
    ...configMapActionParts<SetConfigMapKeyInput>(tools, ({ value }) => value),
    name: 'set-config-map-key',
    title: 'Set a key of a ConfigMap',
    description:
      'Writes one key of a ConfigMap and, unless told otherwise, restarts the workloads that use it.',
    input: setConfigMapKeyInputSchema,
  };
  const remove: ActionDefinition<typeof deleteConfigMapKeyInputSchema> = {
    ...configMapActionParts<DeleteConfigMapKeyInput>(tools, () => undefined),
    name: 'delete-config-map-key',
    title: 'Delete a key of a ConfigMap',
    description:
      'Deletes one key of a ConfigMap and, unless told otherwise, restarts the workloads that use it.',
    input: deleteConfigMapKeyInputSchema,
  };
  const restore: ActionDefinition<typeof restoreConfigMapKeyInputSchema> = {
    ...configMapActionParts<RestoreConfigMapKeyInput>(tools, input =>
      valueAfter(tools, input),
    ),
    name: 'restore-config-map-key',
    title: 'Restore a key of a ConfigMap',
    description:
      'Makes a key of a ConfigMap what it was after a change of its history and, unless told otherwise, restarts the workloads that use it.',
    input: restoreConfigMapKeyInputSchema,
  };
  return [set, remove, restore];
}
