import { ConflictError } from '@backstage/errors';
import {
  configKeyWritePermission,
  MOST_KEYS_AT_ONCE,
} from '@orrery/backstage-plugin-config-center-common';
import {
  InvalidValueError,
  type Warning,
} from '@orrery/backstage-plugin-orrery-common';
import {
  isProtected,
  type ActionDefinition,
} from '@orrery/backstage-plugin-orrery-node';
import type { z } from 'zod';
import { schemaOf } from '../keys/describeTree';
import type { KeyPlace } from '../keys/KeyPlaces';
import type { ConsulEntry } from '../sources/answers';
import {
  operationsOf,
  refuseUnlessValid,
  shownChange,
  versionOf,
  type KeyChange,
} from './keyChange';
import type { KeyTools } from './KeyTools';
import { readerSentences } from './readerSentences';
import { recordChanges } from './recordChanges';

type KeyInput = z.ZodType<{ service: string }>;

/** What an action on keys makes of its input. */
export type PlannedChange = {
  changes: KeyChange[];
  /** The effect in one sentence. */
  summary: string;
  sentences?: string[];
  warnings?: Warning[];
  /** True where it is fine that nothing changes. */
  mayBeEmpty?: boolean;
  /** Done after the keys, such as a policy; tells what it did. */
  afterwards?: () => Promise<string | undefined>;
  /** Text to be typed, wherever it is. */
  typedConfirmation?: string;
};

/** What is special about one action on keys. */
export type KeyActionDefinition<Input extends KeyInput> = Pick<
  ActionDefinition<Input>,
  'name' | 'title' | 'description' | 'input' | 'undo'
> & {
  plan(
    input: z.infer<Input>,
    place: KeyPlace,
    entries: readonly ConsulEntry[],
  ): Promise<PlannedChange>;
};

/**
 * An action on the keys of one service: check-and-set on what was seen, all
 * or nothing, with who and why in the history.
 */
export function createKeyAction<Input extends KeyInput>(
  tools: KeyTools,
  definition: KeyActionDefinition<Input>,
): ActionDefinition<Input> {
  const { consul, places, config } = tools;

  async function prepare(input: z.infer<Input>) {
    const place = places.of(input.service);
    const { entries } = await consul.list(place.prefix);
    const planned = await definition.plan(input, place, entries);
    const changes = planned.changes.filter(
      ({ before, after }) =>
        !(before === undefined && after === undefined) &&
        !(before !== undefined && after !== undefined && before.text === after),
    );
    if (changes.length === 0 && !planned.mayBeEmpty) {
      throw new InvalidValueError(
        definition.name,
        'a change: it is like that already',
        place.app,
      );
    }
    const schema = schemaOf(place, entries);
    const warnings = changes.flatMap(change =>
      refuseUnlessValid(change, schema),
    );
    return { place, planned, changes, warnings };
  }

  return {
    name: definition.name,
    title: definition.title,
    description: definition.description,
    input: definition.input,
    permission: configKeyWritePermission,

    target: ({ service }) => places.of(service).service,

    async preview(input) {
      const { place, planned, changes, warnings } = await prepare(input);
      const { cluster, namespace, app, service } = place;
      const confirmation =
        planned.typedConfirmation ??
        (isProtected(config, cluster, namespace) ? app : undefined);
      return {
        target: service,
        summary: planned.summary,
        ...shownChange(changes),
        blastRadius: {
          sentences: [
            ...(planned.sentences ?? []),
            ...(await readerSentences(tools, place)),
          ],
        },
        resourceVersion: versionOf(changes),
        ...(confirmation !== undefined && { typedConfirmation: confirmation }),
        warnings: [...(planned.warnings ?? []), ...warnings],
      };
    },

    async run(input, { resourceVersion, actor, reason }) {
      const { place, planned, changes } = await prepare(input);
      if (versionOf(changes) !== resourceVersion) {
        throw new ConflictError(
          `${place.prefix} has changed since it was previewed: preview it again`,
        );
      }
      for (let from = 0; from < changes.length; from += MOST_KEYS_AT_ONCE) {
        const part = changes.slice(from, from + MOST_KEYS_AT_ONCE);
        const written = await consul.transact(operationsOf(place.prefix, part));
        await recordChanges(tools, place, part, written, { actor, reason });
      }
      const further = await planned.afterwards?.();
      const count =
        changes.length === 1
          ? `${changes[0].key} of ${place.app}`
          : `${changes.length} keys of ${place.app}`;
      return {
        message: [
          changes.length === 0
            ? `${place.app} has all of it already`
            : `Consul ${
                changes.every(({ after }) => after === undefined)
                  ? 'deleted'
                  : 'wrote'
              } ${count}`,
          ...(further === undefined ? [] : [further]),
        ].join('; '),
      };
    },

    async verify(input) {
      const place = places.of(input.service);
      const { entries } = await consul.list(place.prefix);
      let planned: PlannedChange | undefined;
      try {
        planned = await definition.plan(input, place, entries);
      } catch (error) {
        if (error instanceof Error && error.name === 'ConflictError') {
          return {
            state: 'failed',
            message: `It was written, but it is no longer there: ${error.message}`,
          };
        }
        // What is gone cannot be deleted again.
        if (!(error instanceof Error && error.name === 'NotFoundError')) {
          throw error;
        }
      }
      const open = planned?.changes.filter(
        ({ before, after }) => before?.text !== after,
      );
      return open && open.length > 0
        ? {
            state: 'failed',
            message: `Somebody else has written ${open
              .map(({ key }) => key)
              .join(', ')} since`,
          }
        : {
            state: 'succeeded',
            message: `Consul answers with what was written`,
          };
    },

    undo: definition.undo,
  };
}
