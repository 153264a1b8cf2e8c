import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { alarmRulesManifest, type AlarmRules } from '../manifests/alarmRules';
import { readOneManifest } from '../manifests/readOneManifest';
import { applyOne } from './applyOne';
import { examplesOf } from './examples';
import { CONSENT, type Tools } from './tools';

type Place = Pick<AlarmRules, 'namespace' | 'app'>;

/** @throws InputError that names what is needed where no file says it */
function limitsOf(input: Partial<AlarmRules> & Place): AlarmRules {
  const { owner, errorShare, p95Milliseconds } = input;
  if (
    owner === undefined ||
    errorShare === undefined ||
    p95Milliseconds === undefined
  ) {
    throw new InputError(
      'path: expected a PrometheusRule, or owner, errorShare and p95Milliseconds',
    );
  }
  return { ...input, owner, errorShare, p95Milliseconds };
}

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
        owner: z => z.string().describe('Entity ref of the owner').optional(),
        channel: z =>
          z
            .string()
            .describe('Name of a channel beside the owner’s')
            .optional(),
        path: z =>
          z
            .string()
            .describe(
              'A PrometheusRule in the workspace, in place of owner, channel and limits',
            )
            .optional(),
        errorShare: z =>
          z
            .number()
            .gt(0)
            .lte(1)
            .describe('Share of requests that may fail, 0 to 1')
            .optional(),
        p95Milliseconds: z =>
          z
            .number()
            .gt(0)
            .describe('Latency of the 95th percentile')
            .optional(),
      },
      output: {
        compensation: z => z.any().describe('Input for orrery:clean-up'),
      },
    },
    async handler(ctx) {
      const { cluster, namespace, app, path } = ctx.input;
      const rules =
        path === undefined
          ? alarmRulesManifest(limitsOf(ctx.input))
          : await readOneManifest(ctx.workspacePath, path, 'PrometheusRule');
      const undo = await applyOne(
        tools,
        ctx,
        { cluster, namespace, app },
        rules,
      );
      if (undo) {
        ctx.output('compensation', undo);
      }
    },
  });
}
