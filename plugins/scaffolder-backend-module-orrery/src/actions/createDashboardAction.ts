import { readFile } from 'node:fs/promises';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { z as ownZod } from 'zod';
import type { Compensation } from './compensation';
import { examplesOf } from './examples';
import { CONSENT, contextOf, perform, type Tools } from './tools';

/** Answer of telemetry: where it is, or would be. */
export const linkSchema = ownZod.object({
  url: ownZod.string(),
  exists: ownZod.boolean(),
});

async function readDashboard(
  workspacePath: string,
  path: string,
): Promise<Record<string, unknown>> {
  const text = await readFile(
    resolveSafeChildPath(workspacePath, path),
    'utf8',
  );
  try {
    const value: unknown = JSON.parse(text);
    return ownZod.record(ownZod.string(), ownZod.unknown()).parse(value);
  } catch {
    throw new InputError(`path: expected a dashboard as JSON at ${path}`);
  }
}

/** `orrery:grafana:dashboard` */
export function createDashboardAction(tools: Tools) {
  return createTemplateAction({
    id: 'orrery:grafana:dashboard',
    description:
      'Makes the dashboard of a service in the cluster’s Grafana from a file of the workspace. One that is there gets the new content.',
    examples: examplesOf('grafana-dashboard'),
    supportsDryRun: true,
    schema: {
      input: {
        consent: z => z.string().describe(CONSENT).optional(),
        cluster: z => z.string(),
        namespace: z => z.string(),
        app: z => z.string(),
        title: z => z.string(),
        path: z => z.string().describe('The dashboard’s JSON in the workspace'),
      },
      output: {
        url: z => z.string().describe('Where people open it'),
        compensation: z => z.any().describe('Input for orrery:clean-up'),
      },
    },
    async handler(ctx) {
      const { cluster, namespace, app, title, path } = ctx.input;
      const place = { cluster, namespace, app };
      const dashboard = await readDashboard(ctx.workspacePath, path);
      const linkOf = async () =>
        tools.portal.get(
          'telemetry',
          `/service-dashboard?${new URLSearchParams(place)}`,
          linkSchema,
          (await contextOf(ctx)).credentials,
          ctx.signal,
        );
      // Only one that was not there before is taken away again.
      const wasThere =
        !ctx.isDryRun &&
        (await ctx.checkpoint({
          key: 'before',
          fn: async () => String((await linkOf()).exists),
        })) === 'true';
      const isDone = await perform(tools, ctx, {
        plugin: 'telemetry',
        action: 'put-dashboard',
        input: { ...place, title, dashboard },
        typed: app,
      });
      if (isDone) {
        const { url } = await linkOf();
        ctx.output('url', url);
        if (wasThere) {
          return;
        }
        const undo: Compensation = {
          plugin: 'telemetry',
          action: 'delete-dashboard',
          input: place,
          typed: app,
        };
        ctx.output('compensation', undo);
      }
    },
  });
}
