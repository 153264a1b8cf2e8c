import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  prefixCheckSchema,
  tokenSecretNameOf,
} from '@orrery/backstage-plugin-config-center-common';
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
        token: z =>
          z
            .boolean()
            .describe(
              'Also make a token with that policy, in the Secret <app>-consul of the namespace (key token)',
            )
            .optional(),
      },
      output: {
        compensation: z => z.any().describe('Input for orrery:clean-up'),
        tokenSecret: z =>
          z.string().describe('Name of the Secret with the token').optional(),
      },
    },
    async handler(ctx) {
      const { cluster, namespace, app, values = {}, policy, token } = ctx.input;
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
      const makeToken = {
        plugin: 'config-center',
        action: 'create-token',
        input: { service },
        typed: app,
      };
      if (ctx.isDryRun) {
        await perform(tools, ctx, work);
        if (token) {
          await perform(tools, ctx, makeToken, 'token');
        }
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
      // Whatever is made behind the prefix goes with it.
      const undo: Compensation | undefined =
        before.state === 'free'
          ? {
              plugin: 'config-center',
              action: 'delete-prefix',
              input: { service },
              typed: before.prefix,
            }
          : undefined;
      await perform(tools, ctx, work);
      if (token) {
        try {
          await perform(tools, ctx, makeToken, 'token');
        } catch (error) {
          // A step that fails hands nothing out, and its half would stay.
          if (undo) {
            await perform(tools, ctx, undo, 'undo');
          }
          throw error;
        }
        ctx.output(
          'tokenSecret',
          tokenSecretNameOf({ cluster, namespace, app }),
        );
      }
      if (undo) {
        ctx.output('compensation', undo);
      }
    },
  });
}
