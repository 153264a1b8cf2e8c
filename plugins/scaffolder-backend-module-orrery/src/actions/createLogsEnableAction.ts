import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { Compensation } from './compensation';
import { examplesOf } from './examples';
import { CONSENT, perform, type Tools } from './tools';

/** `orrery:logs:enable` */
export function createLogsEnableAction(tools: Tools) {
  return createTemplateAction({
    id: 'orrery:logs:enable',
    description:
      'Has the logs of a workload collected: what it writes to its output, or files by a sidecar.',
    examples: examplesOf('logs-enable'),
    supportsDryRun: true,
    schema: {
      input: {
        consent: z => z.string().describe(CONSENT).optional(),
        cluster: z => z.string(),
        namespace: z => z.string(),
        workload: z => z.string().describe('Such as Deployment/coupon'),
        paths: z =>
          z
            .array(z.string())
            .describe('Files to collect; its output where absent')
            .optional(),
      },
      output: {
        compensation: z => z.any().describe('Input for orrery:clean-up'),
      },
    },
    async handler(ctx) {
      const { cluster, namespace, workload, paths } = ctx.input;
      const ref = `${cluster}/${namespace}/${workload}`;
      const typed = workload.slice(workload.indexOf('/') + 1);
      const work = (collect: 'off' | 'output' | 'files') => ({
        plugin: 'logs',
        action: 'set-log-collection',
        input: {
          workload: ref,
          collect,
          ...(collect === 'files' && { paths }),
        },
        typed,
      });
      try {
        const isDone = await perform(
          tools,
          ctx,
          work(paths ? 'files' : 'output'),
        );
        if (isDone) {
          const undo: Compensation = work('off');
          ctx.output('compensation', undo);
        }
      } catch (error) {
        // Its manifests may have said so already.
        if (error instanceof Error && /like that already/.test(error.message)) {
          ctx.logger.info('Its logs are collected already');
          return;
        }
        throw error;
      }
    },
  });
}
