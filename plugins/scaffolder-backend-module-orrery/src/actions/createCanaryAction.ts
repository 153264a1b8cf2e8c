import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { Compensation } from './compensation';
import { examplesOf } from './examples';
import { CONSENT, perform, type Tools } from './tools';

/** `orrery:canary:create` */
export function createCanaryAction(tools: Tools) {
  return createTemplateAction({
    id: 'orrery:canary:create',
    description:
      'Starts a canary: a new image runs beside the stable version and gets a growing share of the requests, judged against it.',
    examples: examplesOf('canary-create'),
    supportsDryRun: true,
    schema: {
      input: {
        consent: z => z.string().describe(CONSENT).optional(),
        cluster: z => z.string(),
        namespace: z => z.string(),
        workload: z => z.string().describe('Such as Deployment/coupon'),
        image: z => z.string().describe('With its tag'),
        strategy: z =>
          z
            .object({ steps: z.array(z.record(z.any())).min(1) })
            .passthrough()
            .describe('Steps as the canary’s page writes them'),
      },
      output: {
        workload: z => z.string().describe('Its ref'),
        compensation: z => z.any().describe('Input for orrery:clean-up'),
      },
    },
    async handler(ctx) {
      const { cluster, namespace, workload, image, strategy } = ctx.input;
      const ref = `${cluster}/${namespace}/${workload}`;
      const name = workload.slice(workload.indexOf('/') + 1);
      const isDone = await perform(tools, ctx, {
        plugin: 'delivery',
        action: 'start-canary',
        input: { ...strategy, workload: ref, image },
        typed: name,
      });
      ctx.output('workload', ref);
      if (isDone) {
        const undo: Compensation = {
          plugin: 'delivery',
          action: 'canary-abort',
          input: { canary: `${cluster}/${namespace}/CanaryPlan/${name}` },
          typed: name,
        };
        ctx.output('compensation', undo);
      }
    },
  });
}
