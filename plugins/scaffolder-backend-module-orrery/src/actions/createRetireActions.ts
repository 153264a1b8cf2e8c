import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { prefixCheckSchema } from '@orrery/backstage-plugin-config-center-common';
import { serviceInventorySchema } from '@orrery/backstage-plugin-delivery-common';
import { z as ownZod } from 'zod';
import { compensationSchema, type Compensation } from './compensation';
import { linkSchema } from './createDashboardAction';
import { examplesOf } from './examples';
import { CONSENT, contextOf, perform, type Tools } from './tools';

const planSchema = ownZod.object({
  cluster: ownZod.string(),
  namespace: ownZod.string(),
  app: ownZod.string().min(1),
  text: ownZod.string(),
  works: ownZod.array(compensationSchema),
});

/** `orrery:retire:plan` */
export function createRetirePlanAction(tools: Tools) {
  return createTemplateAction({
    id: 'orrery:retire:plan',
    description:
      'Lists what belongs to a service in every system, in the order in which it would be taken away. Nothing is changed.',
    examples: examplesOf('retire-plan'),
    supportsDryRun: true,
    schema: {
      input: {
        cluster: z => z.string(),
        namespace: z => z.string(),
        app: z => z.string().min(1),
      },
      output: {
        plan: z => z.any().describe('Input for orrery:retire:run'),
      },
    },
    async handler(ctx) {
      const { cluster, namespace, app } = ctx.input;
      const place = { cluster, namespace, app };
      const service = `${cluster}/${namespace}/service/${app}`;
      const query = new URLSearchParams(place);
      const { credentials } = await contextOf(ctx);
      const ask = <T>(
        plugin: string,
        path: string,
        schema: ownZod.ZodType<T>,
      ) => tools.portal.get(plugin, `${path}?${query}`, schema, credentials);
      const inventory = await ask(
        'delivery',
        '/service-inventory',
        serviceInventorySchema,
      );
      const unknown = inventory.unknown.map(
        ({ what, reason }) => `${what}: not known (${reason})`,
      );
      const optional = async <T>(what: string, asked: Promise<T>) =>
        asked.catch(error => {
          unknown.push(`${what}: not known (${String(error)})`);
          return undefined;
        });
      const prefix = await optional(
        'Configuration',
        ask('config-center', '/prefixes/check', prefixCheckSchema),
      );
      const dashboard = await optional(
        'Dashboard',
        ask('telemetry', '/service-dashboard', linkSchema),
      );
      const works: (Compensation & { line: string })[] = [
        ...(inventory.objects.length > 0
          ? [
              {
                plugin: 'delivery',
                action: 'delete-objects',
                input: { ...place, objects: inventory.objects },
                typed: app,
                line: inventory.objects
                  .map(({ kind, name }) => `${kind} ${name}`)
                  .join(', '),
              },
            ]
          : []),
        ...(dashboard?.exists
          ? [
              {
                plugin: 'telemetry',
                action: 'delete-dashboard',
                input: place,
                typed: app,
                line: `Dashboard ${dashboard.url}`,
              },
            ]
          : []),
        ...(prefix?.state === 'taken'
          ? [
              {
                plugin: 'config-center',
                action: 'delete-prefix',
                input: { service },
                typed: prefix.prefix,
                line: `Configuration ${prefix.prefix} (${prefix.keys} keys)`,
              },
            ]
          : []),
        ...(inventory.job
          ? [
              {
                plugin: 'delivery',
                action: 'delete-build-job',
                input: place,
                typed: app,
                line: `Jenkins job ${inventory.job}, with the history of its builds`,
              },
            ]
          : []),
        ...(inventory.project
          ? [
              {
                plugin: 'delivery',
                action: 'delete-source-project',
                input: { ...place, how: 'archive' },
                typed: inventory.project,
                line: `GitLab project ${inventory.project}: archived, not deleted`,
              },
            ]
          : []),
      ];
      const text = [
        ...works.map(({ line }, index) => `${index + 1}. ${line}`),
        ...unknown.map(line => `- ${line}`),
        '- Images stay in the registry.',
      ].join('\n');
      ctx.logger.info(text);
      ctx.output('plan', {
        ...place,
        text,
        works: works.map(({ line: _, ...work }) => work),
        isComplete: unknown.length === 0,
      });
    },
  });
}

/** `orrery:retire:run` */
export function createRetireRunAction(tools: Tools) {
  return createTemplateAction({
    id: 'orrery:retire:run',
    description:
      'Takes away what orrery:retire:plan has listed, one after the other, and stops where one is refused.',
    examples: examplesOf('retire-run'),
    supportsDryRun: true,
    schema: {
      input: {
        consent: z => z.string().describe(CONSENT).optional(),
        plan: z => z.any().describe('Output of orrery:retire:plan'),
      },
    },
    async handler(ctx) {
      const { works } = planSchema.parse(ctx.input.plan);
      for (const [index, work] of works.entries()) {
        await perform(tools, ctx, work, String(index));
      }
    },
  });
}
