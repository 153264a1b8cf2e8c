import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { prefixCheckSchema } from '@orrery/backstage-plugin-config-center-common';
import type { Compensation } from './compensation';
import { examplesOf } from './examples';
import { CONSENT, contextOf, perform, type Tools } from './tools';

/** `orrery:consul:prefix` */
export function createConsulPrefixAction(tools: Tools) {
  return createTemplateAction({
    id: 'orrery:consul:prefix',
    description:
      'Writes the keys that a service starts with below its prefix in Consul. Keys that are there already stay as they are.',
    examples: examplesOf('consul-prefix'),
    supportsDryRun: true,
    schema: {
      input: {
        consent: z => z.string().describe(CONSENT).optional(),
        cluster: z => z.string(),
        namespace: z => z.string(),
        app: z => z.string(),
        values: z => z.record(z.string()).describe('Texts by key').optional(),
        policy: z =>
          z
            .boolean()
            .describe('Also make a policy that lets the app read its prefix')
            .optional(),
      },
      output: {
        compensation: z => z.any().describe('Input for orrery:clean-up'),
      },
    },
    async handler(ctx) {
      const { cluster, namespace, app, values = {}, policy } = ctx.input;
      const service = `${cluster}/${namespace}/service/${app}`;
      const work = {
        plugin: 'config-center',
        action: 'create-prefix',
        input: {
          service,
          keys: Object.entries(values).map(([key, value]) => ({ key, value })),
          ...(policy !== undefined && { policy }),
        },
        typed: app,
      };
      if (ctx.isDryRun) {
        await perform(tools, ctx, work);
        return;
      }
      // Only a prefix that was free before is taken away again.
      const checked = await ctx.checkpoint({
        key: 'before',
        fn: async () => {
          const query = new URLSearchParams({ cluster, namespace, app });
          const context = await contextOf(ctx);
          const found = await tools.portal.get(
            'config-center',
            `/prefixes/check?${query}`,
            prefixCheckSchema,
            context.credentials,
            ctx.signal,
          );
          return JSON.stringify(found);
        },
      });
      const before = prefixCheckSchema.parse(JSON.parse(checked));
      await perform(tools, ctx, work);
      if (before.state === 'free') {
        const undo: Compensation = {
          plugin: 'config-center',
          action: 'delete-prefix',
          input: { service },
          typed: before.prefix,
        };
        ctx.output('compensation', undo);
      }
    },
  });
}
