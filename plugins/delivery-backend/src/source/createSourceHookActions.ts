import { ServiceUnavailableError } from '@backstage/errors';
import {
  deliveryBuildPermissions,
  sourceHookInputSchema,
} from '@orrery/backstage-plugin-delivery-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { requireGitLab } from '../builds/requireUpstream';
import type { BuildTools } from '../builds/types';
import type { GitLabHook } from '../gitlab/GitLabHooks';
import { isComplete } from './SourceHooks';

type Input = z.infer<typeof sourceHookInputSchema>;

async function find(tools: BuildTools, input: Input) {
  const { hooks } = tools;
  if (!hooks) {
    throw new ServiceUnavailableError(
      'No webhook token is configured (orrery.gitlab.webhookToken): GitLab could not say who it is',
    );
  }
  const { project } = await tools.names.of(input);
  if (!(await requireGitLab(tools).project(project))) {
    throw new InvalidValueError(
      'app',
      `a service with a project in GitLab: there is no ${project}`,
      input.app,
    );
  }
  return { hooks, project, hook: await hooks.find(project) };
}

const shown = (url: string) =>
  stringify({ url, events: ['push', 'tag push', 'merge request', 'pipeline'] });

const versionOf = (hook: GitLabHook | undefined) =>
  hook ? String(hook.id) : 'absent';

/** Has GitLab tell the portal of pushes to a service's project. */
export function createCreateSourceHookAction(
  tools: BuildTools,
): ActionDefinition<typeof sourceHookInputSchema> {
  return {
    name: 'create-source-hook',
    title: 'Have GitLab tell of a service’s source',
    description:
      'Adds a webhook to the service’s project in GitLab, so that pushes and merge requests show at once. One that is there gets the same settings.',
    input: sourceHookInputSchema,
    permission: deliveryBuildPermissions.sourceHook,
    approvable: false,

    target: input => tools.names.refOf(input),

    async preview(input) {
      const { hooks, project, hook } = await find(tools, input);
      return {
        target: tools.names.refOf(input),
        summary: hook
          ? `Set the webhook of ${project} to the portal anew`
          : `Add a webhook of ${project} to the portal`,
        before: hook ? stringify(hook) : '',
        after: shown(hooks.url),
        blastRadius: { sentences: [] },
        resourceVersion: versionOf(hook),
        warnings: [],
      };
    },

    async run(input) {
      const { hooks, project } = await find(tools, input);
      const isNew = await hooks.ensure(project);
      return {
        message: `GitLab ${
          isNew ? 'tells' : 'goes on to tell'
        } the portal of ${project}`,
      };
    },

    async verify(input) {
      const { project, hook } = await find(tools, input);
      return hook && isComplete(hook)
        ? { state: 'succeeded', message: `${project} has the webhook` }
        : { state: 'failed', message: `${project} has no such webhook` };
    },

    undo: () => 'Delete the webhook: the page then looks by itself.',
  };
}

/** Takes the portal's webhook away from a service's project. */
export function createDeleteSourceHookAction(
  tools: BuildTools,
): ActionDefinition<typeof sourceHookInputSchema> {
  return {
    name: 'delete-source-hook',
    title: 'Have GitLab tell no more of a service’s source',
    description:
      'Deletes the portal’s webhook of the service’s project in GitLab.',
    input: sourceHookInputSchema,
    permission: deliveryBuildPermissions.sourceHook,
    approvable: false,

    target: input => tools.names.refOf(input),

    async preview(input) {
      const { project, hook } = await find(tools, input);
      return {
        target: tools.names.refOf(input),
        summary: hook
          ? `Delete the webhook of ${project} to the portal`
          : `${project} has no webhook to the portal`,
        before: hook ? stringify(hook) : '',
        after: '',
        blastRadius: { sentences: [] },
        resourceVersion: versionOf(hook),
        warnings: [],
      };
    },

    async run(input) {
      const { hooks, project } = await find(tools, input);
      await hooks.remove(project);
      return { message: `GitLab no longer tells the portal of ${project}` };
    },

    async verify(input) {
      const { project, hook } = await find(tools, input);
      return hook
        ? { state: 'failed', message: `${project} still has the webhook` }
        : { state: 'succeeded', message: `${project} has no webhook` };
    },

    undo: () => 'Add the webhook again.',
  };
}
