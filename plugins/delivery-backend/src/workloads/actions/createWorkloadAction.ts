import { ConflictError } from '@backstage/errors';
import {
  maskSecrets,
  mergePatchBetween,
  type WorkloadKind,
  type WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';
import {
  formatRef,
  InvalidValueError,
  type Warning,
} from '@orrery/backstage-plugin-orrery-common';
import {
  isProtected,
  type ActionDefinition,
  type KubernetesObject,
  type WriteOptions,
} from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { CHANGE_CAUSE } from '../readRevisions';
import {
  FIELD_MANAGER,
  readWorkload,
  workloadTarget,
  type ActionTools,
  type WorkloadTarget,
} from './ActionTools';
import { managedWarnings, readBlastRadius } from './blastRadius';
import { followRollout } from './followRollout';

/** A workload as an action finds it. */
export type Found = {
  target: WorkloadTarget;
  object: KubernetesObject;
  /** From the caches; undefined when they have not seen it yet. */
  summary: WorkloadSummary | undefined;
};

type WorkloadInput = z.ZodType<{ workload: string }>;

/** What is special about one action on workloads. */
export type WorkloadActionDefinition<Input extends WorkloadInput> = Pick<
  ActionDefinition<Input>,
  'name' | 'title' | 'description' | 'input' | 'permission'
> & {
  kinds: readonly WorkloadKind[];
  /** The object as it is to be, and what to say about that. */
  change(input: z.infer<Input>, found: Found): Promise<WorkloadChange>;
  replacesPods: boolean;
  subresource?: WriteOptions['subresource'];
  /** What the server accepted, in a few words: `the image`. */
  accepted: string;
  undo(input: z.infer<Input>): string;
};

/** The object as a change makes it, and what is to be said about that. */
export type WorkloadChange = {
  after: KubernetesObject;
  summary: string;
  warnings?: Warning[];
  sentences?: string[];
};

/** An action on one workload, which can also be looked at without doing it. */
export type WorkloadAction<Input extends z.ZodType = z.ZodType> =
  ActionDefinition<Input> & {
    /**
     * What it would do.
     *
     * @throws the refusals of the action
     */
    prepare(input: z.infer<Input>): Promise<{
      found: Found;
      change: WorkloadChange;
      /** What makes the one the other. */
      patch: object;
    }>;
  };

/** What a person compares: the spec without what servers keep for themselves. */
export function shown(object: KubernetesObject): string {
  return stringify(maskSecrets({ spec: object.spec }));
}

function withCause(
  object: KubernetesObject,
  { actor, reason }: { actor: string; reason: string },
): KubernetesObject {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: {
        ...object.metadata.annotations,
        [CHANGE_CAUSE]: `${actor} via Orrery: ${reason}`,
      },
    },
  };
}

/** Refuses what another controller would undo at once. */
function refuseOwned({ target, object, summary }: Found): void {
  if (summary?.managedBy.by === 'flagger') {
    throw new InvalidValueError(
      'workload',
      `a workload that Flagger does not make itself: change the target of Canary ${summary.managedBy.name} instead`,
      target.name,
    );
  }
  const spec: unknown = object.spec;
  const reference: unknown =
    typeof spec === 'object' && spec !== null
      ? Reflect.get(spec, 'workloadRef')
      : undefined;
  if (
    target.kind === 'Rollout' &&
    typeof reference === 'object' &&
    reference !== null
  ) {
    throw new InvalidValueError(
      'workload',
      `a workload with a pod template: this Rollout takes its from ${Reflect.get(
        reference,
        'kind',
      )} ${Reflect.get(reference, 'name')}, change that instead`,
      target.name,
    );
  }
}

/**
 * An action that changes one workload: the server's dry run as its preview,
 * what it touches, who would take it back, and the way of the rollout.
 */
export function createWorkloadAction<Input extends WorkloadInput>(
  tools: ActionTools,
  definition: WorkloadActionDefinition<Input>,
): WorkloadAction<Input> {
  const { client, config, indexes } = tools;
  const { kinds, replacesPods, subresource } = definition;
  const targetOf = ({ workload }: { workload: string }) =>
    workloadTarget(workload, kinds, config);

  async function prepare(input: z.infer<Input>) {
    const target = targetOf(input);
    const { cluster, namespace, kind, name } = target;
    const [object, { index }] = await Promise.all([
      readWorkload(client, target),
      indexes.read(cluster),
    ]);
    const found = {
      target,
      object,
      summary: index.find(namespace, kind, name)?.summary,
    };
    if (replacesPods) {
      refuseOwned(found);
    }
    const change = await definition.change(input, found);
    const patch = mergePatchBetween(object, change.after);
    if (!patch) {
      throw new InvalidValueError(
        definition.name,
        'a change: it is like that already',
        name,
      );
    }
    return { found, change, patch };
  }

  return {
    name: definition.name,
    title: definition.title,
    description: definition.description,
    input: definition.input,
    permission: definition.permission,

    prepare,

    target: input => formatRef({ ...targetOf(input), type: 'workload' }),

    async preview(input) {
      const { found, change, patch } = await prepare(input);
      const { target, object, summary } = found;
      const { cluster, type, namespace, name } = target;
      const [answer, blastRadius] = await Promise.all([
        client.patch<KubernetesObject>(
          cluster,
          type,
          { namespace, name },
          { type: 'merge', patch },
          {
            dryRun: true,
            fieldManager: FIELD_MANAGER,
            ...(subresource && { subresource }),
          },
        ),
        readBlastRadius(tools, target, object, { summary, replacesPods }),
      ]);
      return {
        target: formatRef({ ...target, type: 'workload' }),
        summary: change.summary,
        before: shown(subresource ? partOf(object, patch) : object),
        after: shown(subresource ? partOf(answer, patch) : answer),
        blastRadius: {
          ...blastRadius,
          sentences: [...(change.sentences ?? []), ...blastRadius.sentences],
        },
        resourceVersion: object.metadata.resourceVersion ?? '',
        ...(isProtected(config, cluster, namespace) && {
          typedConfirmation: name,
        }),
        warnings: [
          ...managedWarnings(summary, patch),
          ...(change.warnings ?? []),
        ],
      };
    },

    async run(input, { resourceVersion, actor, reason }) {
      const { found, change } = await prepare(input);
      const { target, object } = found;
      const { cluster, type, namespace, name, kind } = target;
      const after = replacesPods
        ? withCause(change.after, { actor, reason })
        : change.after;
      try {
        await client.patch(
          cluster,
          type,
          { namespace, name },
          {
            type: 'merge',
            patch: withVersion(
              mergePatchBetween(object, after) ?? {},
              resourceVersion,
            ),
          },
          {
            fieldManager: FIELD_MANAGER,
            ...(subresource && { subresource }),
          },
        );
      } catch (error) {
        if (error instanceof Error && error.name === 'ConflictError') {
          throw new ConflictError(
            `${kind} ${name} has changed since it was previewed: preview it again`,
          );
        }
        throw error;
      }
      return { message: `${kind} ${name} accepted ${definition.accepted}` };
    },

    verify: (input, context) => followRollout(tools, targetOf(input), context),

    undo: definition.undo,
  };
}

/** The precondition of a patch: the version that the person has seen. */
function withVersion(patch: object, resourceVersion: string): object {
  return {
    ...patch,
    metadata: { ...Reflect.get(patch, 'metadata'), resourceVersion },
  };
}

/** Of a whole object, what a subresource has: the replicas. */
function partOf(object: KubernetesObject, patch: object): KubernetesObject {
  const spec: unknown = object.spec;
  const fields = Object.keys(Reflect.get(patch, 'spec') ?? {});
  return {
    metadata: object.metadata,
    spec: Object.fromEntries(
      fields.map(field => [
        field,
        typeof spec === 'object' && spec !== null
          ? Reflect.get(spec, field)
          : undefined,
      ]),
    ),
  };
}
