import { NotFoundError } from '@backstage/errors';
import {
  copyKeysInputSchema,
  createPrefixInputSchema,
  deleteKeyInputSchema,
  deletePrefixInputSchema,
  moveKeyInputSchema,
  restoreKeyInputSchema,
  setKeyInputSchema,
} from '@orrery/backstage-plugin-config-center-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import type { KeyPlace } from '../keys/KeyPlaces';
import type { ConsulEntry } from '../sources/answers';
import { createKeyAction } from './createKeyAction';
import { refuseUnlessSeen, type KeyChange } from './keyChange';
import type { KeyTools } from './KeyTools';
import { describePolicy, ensurePolicy, removePolicy } from './prefixPolicy';

const RESTORE = 'Restore the value before from the history of the key.';

const entryOf = (
  { prefix }: KeyPlace,
  entries: readonly ConsulEntry[],
  key: string,
) => entries.find(entry => entry.key === `${prefix}${key}`);

function setKeyAction(tools: KeyTools) {
  return createKeyAction(tools, {
    name: 'set-key',
    title: 'Set a configuration key',
    description:
      'Writes one key of a service’s configuration in Consul, by check-and-set on the value that was seen.',
    input: setKeyInputSchema,
    undo: () => RESTORE,
    async plan({ key, value, modifyIndex }, place, entries) {
      const before = entryOf(place, entries, key);
      if (before?.text !== value) {
        refuseUnlessSeen(key, before, modifyIndex);
      }
      return {
        changes: [{ key, before, after: value }],
        summary: `${before ? 'Change' : 'Create'} ${key} of ${place.app} in ${
          place.namespace
        }`,
        sentences: before?.session
          ? [`A session (${before.session}) holds this key as a lock.`]
          : [],
      };
    },
  });
}

function deleteKeyAction(tools: KeyTools) {
  return createKeyAction(tools, {
    name: 'delete-key',
    title: 'Delete a configuration key',
    description: 'Deletes one key of a service’s configuration in Consul.',
    input: deleteKeyInputSchema,
    undo: () => RESTORE,
    async plan({ key, modifyIndex }, place, entries) {
      const before = entryOf(place, entries, key);
      if (!before) {
        throw new NotFoundError(`${place.app} has no key ${key}`);
      }
      refuseUnlessSeen(key, before, modifyIndex);
      return {
        changes: [{ key, before }],
        summary: `Delete ${key} of ${place.app} in ${place.namespace}`,
      };
    },
  });
}

function moveKeyAction(tools: KeyTools) {
  return createKeyAction(tools, {
    name: 'move-key',
    title: 'Rename a configuration key',
    description:
      'Gives one key of a service’s configuration in Consul another name, in one transaction. Who reads the old name finds nothing afterwards.',
    input: moveKeyInputSchema,
    undo: ({ key, to }) => `Rename ${to} to ${key} again.`,
    async plan({ key, to, modifyIndex }, place, entries) {
      const before = entryOf(place, entries, key);
      if (!before) {
        throw new NotFoundError(`${place.app} has no key ${key}`);
      }
      refuseUnlessSeen(key, before, modifyIndex);
      if (before.text === undefined || entryOf(place, entries, to)) {
        throw new InvalidValueError(
          before.text === undefined ? 'key' : 'to',
          before.text === undefined
            ? 'a key whose value is text'
            : 'a name that no key has',
          before.text === undefined ? key : to,
        );
      }
      return {
        changes: [
          { key: to, after: before.text },
          { key, before },
        ],
        summary: `Rename ${key} of ${place.app} in ${place.namespace} to ${to}`,
      };
    },
  });
}

function restoreKeyAction(tools: KeyTools) {
  return createKeyAction(tools, {
    name: 'restore-key',
    title: 'Restore a configuration key',
    description:
      'Makes a key what it was after a change of its history; a deletion is restored by deleting.',
    input: restoreKeyInputSchema,
    undo: () => RESTORE,
    async plan({ key, change: id }, place, entries) {
      const change = await tools.history.get(id);
      if (!change || change.prefix !== place.prefix || change.key !== key) {
        throw new NotFoundError(`The history of ${key} has no change ${id}`);
      }
      if (change.change !== 'deleted' && change.after === undefined) {
        throw new NotFoundError(
          `The value of ${key} at that time was no text and is not kept`,
        );
      }
      return {
        changes: [
          {
            key,
            before: entryOf(place, entries, key),
            ...(change.change !== 'deleted' && { after: change.after }),
          },
        ],
        summary: `Restore ${key} of ${place.app} in ${place.namespace} to what it was at ${change.at}`,
      };
    },
  });
}

function copyKeysAction(tools: KeyTools) {
  return createKeyAction(tools, {
    name: 'copy-keys',
    title: 'Copy configuration keys',
    description:
      'Writes several keys of a service at once, as they were seen in another place; all or nothing.',
    input: copyKeysInputSchema,
    undo: () => 'Restore the values before from the history of each key.',
    async plan({ from, keys }, place, entries) {
      const source = tools.places.of(from);
      const changes = keys.map(({ key, value, modifyIndex }): KeyChange => {
        const before = entryOf(place, entries, key);
        if (before?.text !== value) {
          refuseUnlessSeen(key, before, modifyIndex);
        }
        return { key, before, after: value };
      });
      return {
        changes,
        summary: `Copy ${
          keys.length === 1 ? keys[0].key : `${keys.length} keys`
        } of ${source.app} in ${source.namespace} to ${place.app} in ${
          place.namespace
        }`,
      };
    },
  });
}

function createPrefixAction(tools: KeyTools) {
  return createKeyAction(tools, {
    name: 'create-prefix',
    title: 'Create a configuration prefix',
    description:
      'Creates keys of a new service where they are not there yet, and at will an ACL policy that lets it read them. Running it again changes nothing.',
    input: createPrefixInputSchema,
    undo: () =>
      'Delete the keys that it created, or the whole prefix with delete-prefix.',
    async plan({ keys, policy }, place, entries) {
      const missing = keys.filter(({ key }) => !entryOf(place, entries, key));
      return {
        changes: missing.map(({ key, value }) => ({ key, after: value })),
        mayBeEmpty: true,
        summary: `Create ${missing.length} of ${keys.length} keys below ${place.prefix}`,
        sentences: policy ? [await describePolicy(tools, place)] : [],
        ...(policy && { afterwards: () => ensurePolicy(tools, place) }),
      };
    },
  });
}

function deletePrefixAction(tools: KeyTools) {
  return createKeyAction(tools, {
    name: 'delete-prefix',
    title: 'Delete a configuration prefix',
    description:
      'Deletes all keys of a service, and the ACL policy, the token and its Secret that Orrery made for it. For services that are retired.',
    input: deletePrefixInputSchema,
    undo: () => 'Restore each key from its history, which is kept.',
    async plan(_input, place, entries) {
      return {
        changes: entries.map(before => ({
          key: before.key.slice(place.prefix.length),
          before,
        })),
        mayBeEmpty: true,
        summary: `Delete all ${entries.length} keys below ${place.prefix}`,
        typedConfirmation: place.prefix,
        afterwards: async () => {
          const token = await removeToken(tools, place);
          const policy = await removePolicy(tools, place);
          return [token, policy].filter(Boolean).join('; ') || undefined;
        },
      };
    },
  });
}

/** Takes away what Orrery made; what it did not make stays. */
async function removeToken(
  { tokens }: KeyTools,
  place: KeyPlace,
): Promise<string | undefined> {
  let found;
  try {
    found = await tokens.find(place);
  } catch {
    // Where nobody may look, or it is somebody else's, it is not ours.
    return undefined;
  }
  if (found.accessors.length === 0 && !found.secret) {
    return undefined;
  }
  await tokens.remove(place, found);
  return `the token ${found.accessors.join(', ')} and its Secret are gone`;
}

/** All that can be done to keys. */
export function createKeyActions(tools: KeyTools): ActionDefinition[] {
  return [
    setKeyAction(tools),
    deleteKeyAction(tools),
    moveKeyAction(tools),
    restoreKeyAction(tools),
    copyKeysAction(tools),
    createPrefixAction(tools),
    deletePrefixAction(tools),
  ];
}
