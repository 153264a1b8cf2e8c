import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { CONSENT_ACTION } from '@orrery/backstage-plugin-orrery-common';
import { examplesOf } from './examples';
import { perform, type Tools } from './tools';

/** `orrery:approval:request` */
export function createApprovalAction(tools: Tools) {
  return createTemplateAction({
    id: 'orrery:approval:request',
    description:
      'Asks a second person to consent, where the environment of the target wants one, and waits for the answer. Elsewhere it goes on at once.',
    examples: examplesOf('approval-request'),
    supportsDryRun: true,
    schema: {
      input: {
        target: z => z.string().describe('cluster/namespace, or a longer ref'),
        summary: z => z.string().describe('What is about to be done'),
        reason: z => z.string().describe('Why'),
      },
      output: {
        consent: z =>
          z
            .string()
            .describe(
              'Input `consent` of the actions that make it: they ask nobody else',
            ),
      },
    },
    async handler(ctx) {
      const { target, summary, reason } = ctx.input;
      const consented = await perform(tools, ctx, {
        ...CONSENT_ACTION,
        input: { target, summary, reason },
      });
      if (consented) {
        ctx.output('consent', consented.id);
      }
    },
  });
}
