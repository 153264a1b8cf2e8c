import { jobPath } from '../machine';
import type { Build, Job } from '../model';

const workflowRun = 'org.jenkinsci.plugins.workflow.job.WorkflowRun';

/** Jenkins' class of a job's builds. */
export const runClass = ({ config }: Job) =>
  config.kind === 'freestyle' ? 'hudson.model.FreeStyleBuild' : workflowRun;

/** Address of a job or folder. */
export const itemUrl = (base: string, { name }: { name: string }) =>
  `${base}${jobPath(name)}/`;

/** A name without its folders. */
export const simpleName = ({ name }: { name: string }) =>
  name.split('/').at(-1) ?? name;

/** What a build was given. */
export const parametersAction = (parameters: Build['parameters']) =>
  parameters.size === 0
    ? []
    : [
        {
          _class: 'hudson.model.ParametersAction',
          parameters: [...parameters].map(([name, value]) => ({
            _class:
              typeof value === 'boolean'
                ? 'hudson.model.BooleanParameterValue'
                : 'hudson.model.StringParameterValue',
            name,
            value,
          })),
        },
      ];

/** Why it was started. */
export const causeAction = (cause: string) => ({
  _class: 'hudson.model.CauseAction',
  causes: [
    {
      _class: /GitLab/.test(cause)
        ? 'com.dabsquared.gitlabjenkins.cause.GitLabWebHookCause'
        : 'hudson.model.Cause$UserIdCause',
      shortDescription: cause,
    },
  ],
});
