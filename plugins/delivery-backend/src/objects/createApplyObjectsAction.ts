import { ConflictError } from '@backstage/errors';
import {
  applyObjectsInputSchema,
  checkObjects,
  deliveryServicePermissions,
  workloadKindSchema,
} from '@orrery/backstage-plugin-delivery-common';
import {
  isProtected,
  type ActionDefinition,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import type { z } from 'zod';
import { FIELD_MANAGER } from '../workloads/actions/ActionTools';
import { followRollout } from '../workloads/actions/followRollout';
import { WORKLOAD_TYPES } from '../workloads/objects';
import {
  versionOf,
  type FoundObject,
  type ServiceObjects,
} from './ServiceObjects';
import { showObjects } from './showObjects';
import type { ObjectTools } from './types';
import { putBack } from './putBack';

type Input = z.infer<typeof applyObjectsInputSchema>;

const FOLLOWED = ['Deployment', 'StatefulSet', 'Rollout'];

function replicasOf({ spec }: KubernetesObject): number | undefined {
  const replicas: unknown =
    typeof spec === 'object' && spec !== null
      ? Reflect.get(spec, 'replicas')
      : undefined;
  return typeof replicas === 'number' ? replicas : undefined;
}

/** The server's refusal, with its kind, and what became of the others. */
function refusalOf(
  { key }: FoundObject,
  error: unknown,
  outcome: string,
): Error {
  const reason = error instanceof Error ? error.message : String(error);
  const refusal = new Error(
    `${key.kind} ${key.name} was refused: ${reason}. ${outcome}`,
  );
  refusal.name = error instanceof Error ? error.name : refusal.name;
  return refusal;
}

/** Brings the objects of one service to a namespace, or changes them. */
export function createApplyObjectsAction(
  tools: ObjectTools,
  objects: ServiceObjects,
): ActionDefinition<typeof applyObjectsInputSchema> {
  const { client, config } = tools;

  const keyed = (input: Input) =>
    input.objects.map(({ apiVersion, kind, metadata }) => ({
      apiVersion,
      kind,
      name: metadata.name,
    }));

  async function prepare(input: Input) {
    checkObjects(input, input.objects);
    await objects.refuseServedHosts(input, input.objects);
    const found = await objects.find(input, keyed(input));
    const wanted = (entry: FoundObject): KubernetesObject => {
      const manifest = input.objects.find(
        ({ apiVersion, kind, metadata }) =>
          apiVersion === entry.key.apiVersion &&
          kind === entry.key.kind &&
          metadata.name === entry.key.name,
      );
      return {
        ...manifest,
        metadata: {
          ...manifest?.metadata,
          name: entry.key.name,
          namespace: input.namespace,
        },
      };
    };
    return found.map(entry => ({ ...entry, wanted: wanted(entry) }));
  }

  const apply = (
    { cluster, namespace }: Input,
    { type, wanted }: FoundObject & { wanted: KubernetesObject },
    dryRun: boolean,
  ) =>
    client.patch<KubernetesObject>(
      cluster,
      type,
      { namespace, name: wanted.metadata.name },
      { type: 'apply', object: wanted },
      { dryRun, fieldManager: FIELD_MANAGER },
    );

  return {
    name: 'apply-objects',
    title: 'Apply the objects of a service',
    description:
      'Makes the Kubernetes and Istio objects of one service, or changes them, by server-side apply in an order in which each finds what it refers to. Where one is refused, those before it are put back. Applying the same again changes nothing.',
    input: applyObjectsInputSchema,
    permission: deliveryServicePermissions.apply,

    target: input => objects.refOf(input),

    async preview(input) {
      const entries = await prepare(input);
      const answers = await Promise.all(
        entries.map(entry => apply(input, entry, true)),
      );
      const before = entries.flatMap(({ present }) => present ?? []);
      const made = entries.length - before.length;
      const pods = answers.map(replicasOf).filter(count => count !== undefined);
      const { cluster, namespace, app } = input;
      return {
        target: objects.refOf(input),
        summary: `Apply ${entries.length} objects of ${app} in ${namespace}: ${made} new, ${before.length} there already`,
        before: showObjects(before),
        after: showObjects(answers),
        blastRadius: {
          ...(pods.length > 0 && {
            pods: pods.reduce((sum, count) => sum + count, 0),
          }),
          sentences: [],
        },
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
      const done: FoundObject[] = [];
      for (const entry of entries) {
        try {
          await apply(input, entry, false);
          done.push(entry);
        } catch (error) {
          const outcome = await putBack(client, input, done.reverse());
          throw refusalOf(entry, error, outcome);
        }
      }
      return { message: `${done.length} objects of ${input.app} are applied` };
    },

    async verify(input, context) {
      const followed = input.objects.filter(({ kind }) =>
        FOLLOWED.includes(kind),
      );
      if (input.waitSeconds === 0 || followed.length === 0) {
        return { state: 'succeeded', message: 'All objects are there' };
      }
      const signal = AbortSignal.any([
        context.signal,
        AbortSignal.timeout(input.waitSeconds * 1000),
      ]);
      let message = '';
      for (const { kind: name, metadata } of followed) {
        const kind = workloadKindSchema.parse(name);
        const { cluster, namespace } = input;
        const outcome = await followRollout(
          tools,
          {
            cluster,
            namespace,
            kind,
            name: metadata.name,
            type: WORKLOAD_TYPES[kind],
          },
          { ...context, signal },
        );
        if (outcome.state === 'failed') {
          return {
            state: 'failed',
            message: `${kind} ${metadata.name}: ${outcome.message}`,
          };
        }
        message = `${kind} ${metadata.name}: ${outcome.message}`;
      }
      return { state: 'succeeded', message };
    },

    undo: ({ app }) =>
      `Delete the objects of ${app} that were new, and apply the text before the change for the others.`,
  };
}
