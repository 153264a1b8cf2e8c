import type { Jenkins } from '../Jenkins';
import {
  parametersOf,
  type Build,
  type Folder,
  type Item,
  type Job,
} from '../model';
import type { ParameterDefinition } from '../pipeline/readPipeline';
import { itemUrl, runClass, simpleName } from './actions';
import { buildShape } from './builds';
import { queueShape } from './queue';
import { itemSummary } from './summary';

/** Most builds that a job tells of, as in Jenkins. */
const SHOWN = 100;

const parameterShape = (parameter: ParameterDefinition) => ({
  _class: `hudson.model.${parameter.type}`,
  defaultParameterValue: {
    _class:
      parameter.type === 'BooleanParameterDefinition'
        ? 'hudson.model.BooleanParameterValue'
        : 'hudson.model.StringParameterValue',
    name: parameter.name,
    value:
      parameter.type === 'PasswordParameterDefinition'
        ? undefined
        : parameter.defaultValue,
  },
  description: parameter.description,
  name: parameter.name,
  type: parameter.type,
  ...(parameter.choices ? { choices: parameter.choices } : {}),
});

function itemFull(jenkins: Jenkins, base: string, item: Item) {
  return item.kind === 'job'
    ? jobShape(jenkins, base, item)
    : itemSummary(base, item);
}

/** A folder with what is within it. */
export function folderShape(jenkins: Jenkins, base: string, folder: Folder) {
  return {
    ...itemSummary(base, folder),
    actions: [],
    description: folder.description,
    displayName: simpleName(folder),
    fullDisplayName: folder.name.replaceAll('/', ' » '),
    healthReport: [],
    jobs: jenkins.jobs
      .within(folder.name)
      .map(item => itemFull(jenkins, base, item)),
    primaryView: {
      _class: 'hudson.model.AllView',
      name: 'All',
      url: itemUrl(base, folder),
    },
  };
}

/** A job with its builds. */
export function jobShape(jenkins: Jenkins, base: string, job: Job) {
  const { builds } = job;
  const shapes = builds
    .slice(0, SHOWN)
    .map(build => buildShape(jenkins, base, build));
  const last = (is: (build: Build) => boolean) => {
    const found = builds.find(is);
    return found ? buildShape(jenkins, base, found) : null;
  };
  const definitions = parametersOf(job).map(parameterShape);
  const waiting = jenkins.waiting().find(item => item.job === job);
  return {
    ...itemSummary(base, job),
    actions: job.head
      ? [
          { _class: 'jenkins.scm.api.metadata.ObjectMetadataAction' },
          ...(job.head.isPrimary
            ? [
                {
                  _class:
                    'jenkins.scm.api.metadata.PrimaryInstanceMetadataAction',
                },
              ]
            : []),
        ]
      : [],
    buildable: !job.config.isDisabled,
    builds: shapes,
    allBuilds: builds.map(build => ({
      _class: runClass(job),
      number: build.number,
      url: `${itemUrl(base, job)}${build.number}/`,
    })),
    concurrentBuild: job.isConcurrent,
    description: job.config.description,
    disabled: job.config.isDisabled,
    displayName: job.head?.branch ?? simpleName(job),
    fullDisplayName: job.name.replaceAll('/', ' » '),
    firstBuild: shapes.at(-1) ?? null,
    healthReport: [],
    inQueue: waiting !== undefined,
    queueItem: waiting ? queueShape(jenkins, base, waiting) : null,
    keepDependencies: false,
    lastBuild: shapes[0] ?? null,
    lastCompletedBuild: last(({ result }) => result !== undefined),
    lastFailedBuild: last(({ result }) => result === 'FAILURE'),
    lastStableBuild: last(({ result }) => result === 'SUCCESS'),
    lastSuccessfulBuild: last(
      ({ result }) => result === 'SUCCESS' || result === 'UNSTABLE',
    ),
    lastUnsuccessfulBuild: last(
      ({ result }) => result !== undefined && result !== 'SUCCESS',
    ),
    nextBuildNumber: job.nextNumber,
    property:
      definitions.length > 0
        ? [
            {
              _class: 'hudson.model.ParametersDefinitionProperty',
              parameterDefinitions: definitions,
            },
          ]
        : [],
  };
}
