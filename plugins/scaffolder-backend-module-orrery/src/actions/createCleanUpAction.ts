import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { compensationSchema } from './compensation';
import { examplesOf } from './examples';
import { CONSENT, contextOf, type Tools } from './tools';

/** `orrery:clean-up` */
export function createCleanUpAction(tools: Tools) {
  return createTemplateAction({
    id: 'orrery:clean-up',
    description:
      'Takes back what earlier steps made, the last first. For a step with `if: ${{ failure() }}`. What cannot be taken back is told, and does not keep the rest.',
    examples: examplesOf('clean-up'),
    supportsDryRun: true,
    schema: {
      input: {
        consent: z => z.string().describe(CONSENT).optional(),
        of: z =>
          z
            .array(z.any())
            .describe(
              'Outputs `compensation` of the steps, in their order; what did not run is left out',
            ),
      },
      output: {
        done: z => z.array(z.string()),
        left: z => z.array(z.string()).describe('What is still there, and why'),
      },
    },
    async handler(ctx) {
      const works = ctx.input.of.flatMap(value => {
        const found = compensationSchema.safeParse(value);
        return found.success ? [found.data] : [];
      });
      const done: string[] = [];
      const left: string[] = [];
      for (const [index, work] of works.reverse().entries()) {
        const name = `${work.plugin}: ${work.action}`;
        const context = await contextOf(ctx, String(index));
        if (ctx.isDryRun) {
          done.push(name);
          continue;
        }
        try {
          // The person who stopped the task must not stop this.
          const activity = await tools.actions.perform(work, {
            ...context,
            signal: undefined,
          });
          ctx.logger.info(`Taken back: ${activity.summary}`);
          done.push(activity.summary);
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          ctx.logger.warn(`Not taken back: ${name}: ${reason}`);
          left.push(`${name}: ${reason}`);
        }
      }
      ctx.output('done', done);
      ctx.output('left', left);
    },
  });
}
