import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type {
  ActionPreview,
  Activity,
} from '@orrery/backstage-plugin-orrery-common';
import type { JsonObject } from '@backstage/types';
import type { ActionClient, PortalClient, Work, WorkContext } from '../client';
import { recordWrite } from '../preview/recordWrite';

/** What actions of templates work with. */
export type Tools = {
  actions: ActionClient;
  portal: PortalClient;
  catalog: Pick<CatalogService, 'addLocation' | 'getEntityByRef'>;
};

/** What the input `consent` of every action that writes is. */
export const CONSENT =
  'Output `consent` of orrery:approval:request: nobody else is asked for what that was about';

/** What an action needs to know of its step. */
export type Step = Pick<
  ActionContext<JsonObject>,
  | 'getInitiatorCredentials'
  | 'isDryRun'
  | 'logger'
  | 'signal'
  | 'step'
  | 'task'
  | 'templateInfo'
  | 'workspacePath'
> & { input: object };

/** A step that keeps texts over restarts. */
export type CheckpointStep = Step & {
  checkpoint(options: {
    key: string;
    fn: () => Promise<string>;
  }): Promise<string>;
};

/** None where the template asks nobody. */
function consentOf(input: object): string | undefined {
  const consent: unknown = Reflect.get(input, 'consent');
  return typeof consent === 'string' && consent !== '' ? consent : undefined;
}

/**
 * Who does it and why, from the step.
 *
 * @param part - tells several writes of one step apart
 */
export async function contextOf(step: Step, part = ''): Promise<WorkContext> {
  const template = step.templateInfo?.entityRef ?? 'a template';
  const name = step.step?.name ?? step.step?.id ?? 'a step';
  return {
    credentials: await step.getInitiatorCredentials(),
    reason: `${name} (${template}, task ${step.task.id})`,
    key: ['template', step.task.id, step.step?.id ?? name, part]
      .filter(Boolean)
      .join(':')
      // The runner takes keys of up to 100 characters.
      .slice(-90),
    logger: step.logger,
    signal: step.signal,
    consent: consentOf(step.input),
  };
}

/**
 * Does it; in a dry run tells only what would be done, and says so where that
 * cannot be told.
 *
 * @returns the activity that succeeded; undefined in a dry run
 */
export async function perform(
  { actions }: Tools,
  step: Step,
  work: Work,
  part = '',
): Promise<Activity | undefined> {
  const context = await contextOf(step, part);
  if (!step.isDryRun) {
    return actions.perform(work, context);
  }
  const stepId = step.step?.id ?? 'step';
  const { plugin, action } = work;
  try {
    const preview: ActionPreview = await actions.preview(work, context);
    step.logger.info(`Dry run: ${preview.summary}`);
    preview.warnings.forEach(({ message }) => step.logger.warn(message));
    await recordWrite(step.workspacePath, stepId, {
      plugin,
      action,
      summary: preview.summary,
      before: preview.before,
      after: preview.after,
      needsApproval: preview.needsApproval ?? false,
      warnings: preview.warnings.map(({ message }) => message),
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    step.logger.warn(`Dry run: ${action} could not be previewed: ${problem}`);
    await recordWrite(step.workspacePath, stepId, {
      plugin,
      action,
      summary: action,
      needsApproval: false,
      warnings: [],
      problem,
    });
  }
  return undefined;
}
