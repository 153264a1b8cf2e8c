import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type { ActionPreview } from '@orrery/backstage-plugin-orrery-common';
import type { JsonObject } from '@backstage/types';
import type { ActionClient, PortalClient, Work, WorkContext } from '../client';

/** What actions of templates work with. */
export type Tools = { actions: ActionClient; portal: PortalClient };

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
>;

/** A step that keeps texts over restarts. */
export type CheckpointStep = Step & {
  checkpoint(options: {
    key: string;
    fn: () => Promise<string>;
  }): Promise<string>;
};

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
  };
}

/**
 * Does it; in a dry run tells only what would be done, and says so where that
 * cannot be told.
 *
 * @returns false in a dry run
 */
export async function perform(
  { actions }: Tools,
  step: Step,
  work: Work,
  part = '',
): Promise<boolean> {
  const context = await contextOf(step, part);
  if (!step.isDryRun) {
    await actions.perform(work, context);
    return true;
  }
  try {
    const preview: ActionPreview = await actions.preview(work, context);
    step.logger.info(`Dry run: ${preview.summary}`);
    preview.warnings.forEach(({ message }) => step.logger.warn(message));
  } catch (error) {
    step.logger.warn(
      `Dry run: ${work.action} could not be previewed: ${
        error instanceof Error ? error.message : String(error)
      }`,
    );
  }
  return false;
}
