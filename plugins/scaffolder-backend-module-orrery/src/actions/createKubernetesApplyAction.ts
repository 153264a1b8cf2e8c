import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  manifestSchema,
  type Manifest,
  type ObjectKeyInput,
} from '@orrery/backstage-plugin-delivery-common';
import { parseAllDocuments } from 'yaml';
import { z as ownZod } from 'zod';
import { readManifests } from '../manifests/readManifests';
import type { Compensation } from './compensation';
import { examplesOf } from './examples';
import { CONSENT, contextOf, perform, type Tools } from './tools';

const WAIT_SECONDS = 600;

function keyOf({ apiVersion, kind, metadata }: Manifest): ObjectKeyInput {
  return { apiVersion, kind, name: metadata.name };
}

/** Keys of the objects in a preview's text. */
function keysIn(text: string): Set<string> {
  return new Set(
    parseAllDocuments(text).flatMap(document => {
      const found = manifestSchema.safeParse(document.toJS());
      return found.success ? [JSON.stringify(keyOf(found.data))] : [];
    }),
  );
}

/** What would take these away again, of those that are new. */
export async function compensationOf(
  tools: Tools,
  step: Parameters<typeof contextOf>[0],
  place: { cluster: string; namespace: string; app: string },
  objects: readonly Manifest[],
): Promise<Compensation | undefined> {
  const preview = await tools.actions.preview(
    {
      plugin: 'delivery',
      action: 'apply-objects',
      input: { ...place, objects, waitSeconds: 0 },
    },
    await contextOf(step),
  );
  const present = keysIn(preview.before);
  const made = objects
    .map(keyOf)
    .filter(key => !present.has(JSON.stringify(key)));
  return made.length === 0
    ? undefined
    : {
        plugin: 'delivery',
        action: 'delete-objects',
        input: { ...place, objects: made },
        typed: place.app,
      };
}

/** `orrery:kubernetes:apply` */
export function createKubernetesApplyAction(tools: Tools) {
  return createTemplateAction({
    id: 'orrery:kubernetes:apply',
    description:
      'Applies the Kubernetes and Istio objects of one service by server-side apply, in an order in which each finds what it refers to, and waits until its workloads are healthy. What was applied is put back where one object is refused.',
    examples: examplesOf('kubernetes-apply'),
    supportsDryRun: true,
    schema: {
      input: {
        consent: z => z.string().describe(CONSENT).optional(),
        cluster: z => z.string().describe('Name of the cluster'),
        namespace: z => z.string().describe('Namespace of the objects'),
        app: z =>
          z
            .string()
            .describe(
              'The service: its name is the objects’ name, or they begin with it',
            ),
        path: z =>
          z
            .string()
            .describe('Manifests in the workspace: a folder, a file, or by *')
            .optional(),
        objects: z =>
          z
            .array(z.record(z.any()))
            .describe('Manifests, in place of a path')
            .optional(),
        wait: z =>
          z
            .boolean()
            .describe('Wait until workloads are healthy; true by default')
            .optional(),
        waitSeconds: z =>
          z
            .number()
            .describe(`How long to wait; ${WAIT_SECONDS} by default`)
            .optional(),
      },
      output: {
        objects: z =>
          z.array(z.record(z.any())).describe('What is applied, by its keys'),
        compensation: z => z.any().describe('Input for orrery:clean-up'),
      },
    },
    async handler(ctx) {
      const { cluster, namespace, app, path, wait = true } = ctx.input;
      if ((path === undefined) === (ctx.input.objects === undefined)) {
        throw new InputError('path: expected either path or objects');
      }
      const objects =
        path === undefined
          ? ownZod.array(manifestSchema).parse(ctx.input.objects)
          : await readManifests(ctx.workspacePath, path);
      const place = { cluster, namespace, app };
      const work = {
        plugin: 'delivery',
        action: 'apply-objects',
        input: {
          ...place,
          objects,
          waitSeconds: wait ? ctx.input.waitSeconds ?? WAIT_SECONDS : 0,
        },
        typed: app,
      };
      if (ctx.isDryRun) {
        await perform(tools, ctx, work);
        ctx.output('objects', objects.map(keyOf));
        return;
      }
      // What is new is known only before it is there: it survives a restart.
      const compensation = await ctx.checkpoint({
        key: 'compensation',
        fn: async () =>
          JSON.stringify(
            (await compensationOf(tools, ctx, place, objects)) ?? null,
          ),
      });
      const undo: Compensation | null = JSON.parse(compensation);
      try {
        await perform(tools, ctx, work);
      } catch (error) {
        if (undo) {
          ctx.logger.warn('It is taken back');
          await tools.actions.perform(undo, await contextOf(ctx, 'undo'));
        }
        throw error;
      }
      ctx.output('objects', objects.map(keyOf));
      if (undo) {
        ctx.output('compensation', undo);
      }
    },
  });
}
