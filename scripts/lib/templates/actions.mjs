/**
 * The actions that our templates use, with the inputs and outputs that they
 * count on. Those of `orrery:*` also answer `compensation`.
 *
 * @type {Readonly<Record<string, { inputs: string[], outputs: string[] }>>}
 */
export const ACTIONS = {
  'fetch:template': {
    inputs: ['url', 'targetPath', 'values', 'replace'],
    outputs: [],
  },
  'publish:gitlab': {
    inputs: [
      'repoUrl',
      'sourcePath',
      'skipExisting',
      'defaultBranch',
      'gitCommitMessage',
      'gitAuthorName',
      'gitAuthorEmail',
      'settings',
    ],
    outputs: ['remoteUrl', 'repoContentsUrl', 'commitHash'],
  },
  'publish:gitlab:merge-request': {
    inputs: [
      'repoUrl',
      'sourcePath',
      'branchName',
      'title',
      'description',
      'removeSourceBranch',
    ],
    outputs: ['mergeRequestUrl'],
  },
  'catalog:register': {
    inputs: ['repoContentsUrl', 'catalogInfoPath'],
    outputs: ['entityRef', 'catalogInfoUrl'],
  },
  'orrery:names:check': {
    inputs: ['app', 'cluster', 'namespace', 'group', 'host'],
    outputs: ['system', 'image', 'job', 'consulPrefix', 'repositoryUrl'],
  },
  'orrery:approval:request': {
    inputs: ['target', 'summary', 'reason'],
    outputs: [],
  },
  'orrery:registry:project': {
    inputs: ['cluster', 'namespace', 'app'],
    outputs: [],
  },
  'orrery:jenkins:job': {
    inputs: ['cluster', 'namespace', 'app', 'branch', 'build'],
    outputs: ['number', 'url', 'image', 'tag', 'digest'],
  },
  'orrery:consul:prefix': {
    inputs: ['cluster', 'namespace', 'app', 'values'],
    outputs: [],
  },
  'orrery:kubernetes:apply': {
    inputs: [
      'cluster',
      'namespace',
      'app',
      'path',
      'objects',
      'wait',
      'waitSeconds',
    ],
    outputs: ['objects'],
  },
  'orrery:mesh:expose': {
    inputs: [
      'cluster',
      'namespace',
      'service',
      'port',
      'host',
      'gateway',
      'timeout',
      'retries',
    ],
    outputs: ['url'],
  },
  'orrery:logs:enable': {
    inputs: ['cluster', 'namespace', 'workload'],
    outputs: [],
  },
  'orrery:alarms:rules': {
    inputs: [
      'cluster',
      'namespace',
      'app',
      'owner',
      'channel',
      'errorShare',
      'p95Milliseconds',
    ],
    outputs: [],
  },
  'orrery:grafana:dashboard': {
    inputs: ['cluster', 'namespace', 'app', 'title', 'path'],
    outputs: ['url'],
  },
  'orrery:canary:create': {
    inputs: ['cluster', 'namespace', 'workload', 'image', 'strategy'],
    outputs: [],
  },
  'orrery:retire:plan': {
    inputs: ['cluster', 'namespace', 'app'],
    outputs: ['plan'],
  },
  'orrery:retire:run': { inputs: ['plan'], outputs: [] },
  'orrery:clean-up': { inputs: ['of'], outputs: [] },
};
