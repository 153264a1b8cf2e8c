import {
  deleteSourceProjectInputSchema,
  deliveryBuildPermissions,
} from '@orrery/backstage-plugin-delivery-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { requireGitLab } from '../builds/requireUpstream';
import type { BuildTools } from '../builds/types';

type Input = z.infer<typeof deleteSourceProjectInputSchema>;

/** Archives the project of a service, or deletes it. */
export function createDeleteProjectAction(
  tools: BuildTools,
): ActionDefinition<typeof deleteSourceProjectInputSchema> {
  async function find(input: Input) {
    const gitlab = requireGitLab(tools);
    const { project: path } = await tools.names.of(input);
    const project = await gitlab.project(path);
    if (
      project &&
      input.madeAfter !== undefined &&
      Date.parse(project.created_at) < Date.parse(input.madeAfter)
    ) {
      throw new InvalidValueError(
        'madeAfter',
        `a time before ${path} was made: it is of ${project.created_at}, and not of the work that is taken back`,
        input.madeAfter,
      );
    }
    const isDone =
      !project || (input.how === 'archive' && project.archived === true);
    return { gitlab, path, project, isDone };
  }

  return {
    name: 'delete-source-project',
    title: 'Archive or delete the project of a service',
    description:
      'Archives the service’s project in GitLab, so that it can still be read, or deletes it.',
    input: deleteSourceProjectInputSchema,
    permission: deliveryBuildPermissions.deleteSource,

    target: input => tools.names.refOf(input),

    async preview(input) {
      const { path, project, isDone } = await find(input);
      const verb = input.how === 'archive' ? 'Archive' : 'Delete';
      return {
        target: tools.names.refOf(input),
        summary: isDone
          ? `The project ${path} is ${project ? 'archived' : 'gone'} already`
          : `${verb} the project ${path}`,
        before: project ? stringify(project) : '',
        after:
          project && input.how === 'archive'
            ? stringify({ ...project, archived: true })
            : '',
        blastRadius: { sentences: [] },
        resourceVersion: project ? String(project.id) : 'absent',
        // Code that is deleted is lost, in whatever environment.
        ...(!isDone &&
          input.how === 'delete' &&
          input.madeAfter === undefined && { typedConfirmation: path }),
        warnings: [],
      };
    },

    async run(input) {
      const { gitlab, path, isDone } = await find(input);
      if (!isDone) {
        await (input.how === 'archive'
          ? gitlab.archive(path)
          : gitlab.delete(path));
      }
      return { message: `GitLab took it: ${input.how} ${path}` };
    },

    async verify(input) {
      const { path, isDone } = await find(input);
      return isDone
        ? { state: 'succeeded', message: `Done with ${path}` }
        : { state: 'failed', message: `GitLab still has ${path} as it was` };
    },

    undo: ({ how }) =>
      how === 'archive'
        ? 'Unarchive the project in GitLab.'
        : 'Owners can restore it in GitLab for as long as it keeps deleted projects.',
  };
}
