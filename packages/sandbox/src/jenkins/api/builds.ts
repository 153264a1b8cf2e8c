import type { Commit } from '../../gitlab/git/Repository';
import type { Jenkins } from '../Jenkins';
import { jobPath } from '../machine';
import type { Build } from '../model';
import { causeAction, itemUrl, parametersAction, runClass } from './actions';

function changeSet(changes: readonly Commit[]) {
  return {
    _class: 'hudson.plugins.git.GitChangeSetList',
    kind: 'git',
    items: changes.map(commit => ({
      _class: 'hudson.plugins.git.GitChangeSet',
      commitId: commit.id,
      id: commit.id,
      msg: commit.title,
      comment: commit.message,
      timestamp: Date.parse(commit.committedAt),
      date: commit.authoredAt,
      authorEmail: commit.authorEmail,
      author: { fullName: commit.authorName },
      affectedPaths: [],
    })),
  };
}

/** A build. */
export function buildShape(jenkins: Jenkins, base: string, build: Build) {
  const { job, number, startedAt, endedAt, revision, branch } = build;
  const url = `${itemUrl(base, job)}${number}/`;
  const isBuilding = build.result === undefined;
  const index = job.builds.indexOf(build);
  const beside = (other: Build | undefined) =>
    other
      ? { number: other.number, url: `${itemUrl(base, job)}${other.number}/` }
      : null;
  return {
    _class: runClass(job),
    actions: [
      causeAction(build.cause),
      ...parametersAction(build.parameters),
      ...(revision
        ? [
            {
              _class: 'hudson.plugins.git.util.BuildData',
              lastBuiltRevision: {
                SHA1: revision,
                branch: [
                  { SHA1: revision, name: `refs/remotes/origin/${branch}` },
                ],
              },
              remoteUrls: job.config.repositoryUrl
                ? [job.config.repositoryUrl]
                : [],
              scmName: '',
            },
          ]
        : []),
    ],
    artifacts: [],
    building: isBuilding,
    inProgress: isBuilding,
    description: null,
    displayName: `#${number}`,
    duration: endedAt === undefined ? 0 : endedAt - startedAt,
    estimatedDuration: jenkins.estimate(job),
    executor: null,
    fullDisplayName: `${job.name.replaceAll('/', ' » ')} #${number}`,
    id: String(number),
    keepLog: false,
    number,
    queueId: build.queueId,
    result: build.result ?? null,
    timestamp: startedAt,
    url,
    changeSets: build.changes.length > 0 ? [changeSet(build.changes)] : [],
    culprits: [
      ...new Set(build.changes.map(({ authorName }) => authorName)),
    ].map(fullName => ({ fullName })),
    nextBuild: beside(job.builds[index - 1]),
    previousBuild: beside(job.builds[index + 1]),
  };
}

const statuses = {
  SUCCESS: 'SUCCESS',
  UNSTABLE: 'UNSTABLE',
  FAILURE: 'FAILED',
  ABORTED: 'ABORTED',
  NOT_BUILT: 'NOT_EXECUTED',
};

/** A build with its stages, as the stage view has them. */
export function stagesShape(jenkins: Jenkins, build: Build) {
  const { job, number, startedAt, endedAt, result } = build;
  const now = jenkins.now();
  const path = `/jenkins/${jobPath(job.name)}/${number}`;
  return {
    _links: { self: { href: `${path}/wfapi/describe` } },
    id: String(number),
    name: `#${number}`,
    status: result ? statuses[result] : 'IN_PROGRESS',
    startTimeMillis: startedAt,
    endTimeMillis: endedAt ?? now,
    durationMillis: (endedAt ?? now) - startedAt,
    queueDurationMillis: 0,
    pauseDurationMillis: 0,
    stages: build.stages.map((stage, index) => ({
      id: String(index * 6 + 6),
      name: stage.name,
      execNode: '',
      status:
        stage.endedAt === undefined
          ? 'IN_PROGRESS'
          : statuses[stage.result ?? 'SUCCESS'],
      startTimeMillis: stage.startedAt,
      durationMillis: (stage.endedAt ?? now) - stage.startedAt,
      pauseDurationMillis: 0,
    })),
  };
}
