import { createHash } from 'node:crypto';
import {
  createBuildJobInputSchema,
  deleteBuildJobInputSchema,
  deliveryBuildPermissions,
  MASK,
  pipelineJobXml,
} from '@orrery/backstage-plugin-delivery-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import {
  isProtected,
  type ActionDefinition,
} from '@orrery/backstage-plugin-orrery-node';
import type { z } from 'zod';
import { requireGitLab, requireJenkins } from './requireUpstream';
import type { BuildTools } from './types';

function versionOf(text: string | undefined): string {
  return text === undefined
    ? 'absent'
    : createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/**
 * Has GitLab tell the portal of pushes. Without it the page finds them by
 * itself a little later, so that no job is refused for it.
 */
async function tellPortal(
  { hooks }: BuildTools,
  project: string,
): Promise<string> {
  if (!hooks) {
    return '';
  }
  try {
    await hooks.ensure(project);
    return '; GitLab tells the portal of pushes';
  } catch (error) {
    return `; GitLab does not tell the portal of pushes: ${
      error instanceof Error ? error.message : String(error)
    }`;
  }
}

/** A configuration as people may see it: what Jenkins says who it is by is not told. */
function masked({ notify }: BuildTools, xml: string | undefined): string {
  return notify ? (xml ?? '').replaceAll(notify.token, MASK) : xml ?? '';
}

/** Makes the job that builds a service, or gives it this configuration. */
export function createCreateJobAction(
  tools: BuildTools,
): ActionDefinition<typeof createBuildJobInputSchema> {
  async function prepare(input: z.infer<typeof createBuildJobInputSchema>) {
    const jenkins = requireJenkins(tools);
    const { job, project } = await tools.names.of(input);
    const source = await requireGitLab(tools).project(project);
    if (!source) {
      throw new InvalidValueError(
        'app',
        `a service with a project in GitLab: there is no ${project}`,
        input.app,
      );
    }
    const before = await jenkins.config(job);
    const after = pipelineJobXml({
      description: `Builds ${project}. Made by Orrery: what is changed here may be overwritten.`,
      repositoryUrl: source.http_url_to_repo,
      branch: input.branch,
      jenkinsfile: input.jenkinsfile,
      ...(tools.credentialsId && { credentialsId: tools.credentialsId }),
      ...(tools.notify && {
        notify: `${tools.notify.url}?token=${tools.notify.token}`,
      }),
    });
    return { jenkins, job, project, before, after };
  }

  return {
    name: 'create-build-job',
    title: 'Make the job that builds a service',
    description:
      'Makes a pipeline job in Jenkins that builds the service’s project by the Jenkinsfile in it. A job that is there gets the same configuration.',
    input: createBuildJobInputSchema,
    permission: deliveryBuildPermissions.createJob,

    target: input => tools.names.refOf(input),

    async preview(input) {
      const { job, before, after } = await prepare(input);
      return {
        target: tools.names.refOf(input),
        summary: before
          ? `Configure the job ${job} anew`
          : `Make the job ${job}`,
        before: masked(tools, before),
        after: masked(tools, after),
        blastRadius: { sentences: [] },
        resourceVersion: versionOf(before),
        warnings: [],
      };
    },

    async run(input) {
      const { jenkins, job, project, before, after } = await prepare(input);
      await jenkins.putJob(job, after, before !== undefined);
      const told = await tellPortal(tools, project);
      return { message: `Jenkins took the job ${job}${told}` };
    },

    async verify(input) {
      const { job, before } = await prepare(input);
      return before === undefined
        ? { state: 'failed', message: `Jenkins has no job ${job}` }
        : { state: 'succeeded', message: `The job ${job} is there` };
    },

    undo: () => 'Delete the job, or give it the configuration it had.',
  };
}

/** Takes the job of a service away, with the history of its builds. */
export function createDeleteJobAction(
  tools: BuildTools,
): ActionDefinition<typeof deleteBuildJobInputSchema> {
  async function find(input: z.infer<typeof deleteBuildJobInputSchema>) {
    const jenkins = requireJenkins(tools);
    const { job } = await tools.names.of(input);
    return { jenkins, job, before: await jenkins.config(job) };
  }
  return {
    name: 'delete-build-job',
    title: 'Delete the job that builds a service',
    description:
      'Takes the service’s job away from Jenkins, with the history of its builds and their logs. Images stay.',
    input: deleteBuildJobInputSchema,
    permission: deliveryBuildPermissions.deleteJob,

    target: input => tools.names.refOf(input),

    async preview(input) {
      const { job, before } = await find(input);
      const { cluster, namespace, app } = input;
      return {
        target: tools.names.refOf(input),
        summary: before
          ? `Delete the job ${job} and the history of its builds`
          : `The job ${job} is gone already`,
        before: masked(tools, before),
        after: '',
        blastRadius: { sentences: [] },
        resourceVersion: versionOf(before),
        ...(before &&
          isProtected(tools.config, cluster, namespace) && {
            typedConfirmation: app,
          }),
        warnings: [],
      };
    },

    async run(input) {
      const { jenkins, job, before } = await find(input);
      if (before !== undefined) {
        await jenkins.deleteJob(job);
      }
      return { message: `The job ${job} is deleted` };
    },

    async verify(input) {
      const { job, before } = await find(input);
      return before === undefined
        ? { state: 'succeeded', message: `The job ${job} is gone` }
        : { state: 'failed', message: `Jenkins still has the job ${job}` };
    },

    undo: () =>
      'Make the job again; the history of its builds does not come back.',
  };
}
