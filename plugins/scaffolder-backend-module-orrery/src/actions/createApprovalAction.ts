import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
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
    },
    async handler(ctx) {
      const { target, summary, reason } = ctx.input;
      await perform(tools, ctx, {
        plugin: 'orrery',
        action: 'consent',
        input: { target, summary, reason },
      });
    },
  });
}
