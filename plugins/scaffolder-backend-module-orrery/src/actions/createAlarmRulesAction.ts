import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { alarmRulesManifest } from '../manifests/alarmRules';
import { applyOne } from './applyOne';
import { examplesOf } from './examples';
import { CONSENT, type Tools } from './tools';

/** `orrery:alarms:rules` */
export function createAlarmRulesAction(tools: Tools) {
  return createTemplateAction({
    id: 'orrery:alarms:rules',
    description:
      'Watches a service by a PrometheusRule: its share of errors, its latency, and whether any of its pods is ready.',
    examples: examplesOf('alarms-rules'),
    supportsDryRun: true,
    schema: {
      input: {
        consent: z => z.string().describe(CONSENT).optional(),
        cluster: z => z.string(),
        namespace: z => z.string(),
        app: z => z.string(),
        owner: z => z.string().describe('Entity ref of the owner'),
        channel: z =>
          z
            .string()
            .describe('Name of a channel beside the owner’s')
            .optional(),
        errorShare: z =>
          z
            .number()
            .gt(0)
            .lte(1)
            .describe('Share of requests that may fail, 0 to 1'),
        p95Milliseconds: z =>
          z.number().gt(0).describe('Latency of the 95th percentile'),
      },
      output: {
        compensation: z => z.any().describe('Input for orrery:clean-up'),
      },
    },
    async handler(ctx) {
      const { cluster, namespace, app } = ctx.input;
      const undo = await applyOne(
        tools,
        ctx,
        { cluster, namespace, app },
        alarmRulesManifest(ctx.input),
      );
      if (undo) {
        ctx.output('compensation', undo);
      }
    },
  });
}
