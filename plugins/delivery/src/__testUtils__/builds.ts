import type {
  Build,
  BuildsResponse,
  SourceChanges,
  SourceResponse,
} from '@orrery/backstage-plugin-delivery-common';

const OK = { sources: [], warnings: [] };

/** A build that is over and well; say what is different. */
export function buildSample(overrides: Partial<Build> = {}): Build {
  return {
    number: 7,
    state: 'succeeded',
    startedAt: '2026-11-26T10:00:00Z',
    durationMilliseconds: 62_000,
    estimatedMilliseconds: 60_000,
    parameters: { TAG: '5.2.0' },
    cause: 'Started by user Lin Yue',
    revision: 'abcdef1234567890',
    url: 'http://jenkins.example/job/order.wealth/7/',
    ...overrides,
  };
}

export const BUILDS: BuildsResponse = {
  job: 'order.wealth',
  url: 'http://jenkins.example/job/order.wealth/',
  isBuildable: true,
  parameters: [
    { name: 'TAG', kind: 'text', fallback: '' },
    { name: 'MODE', kind: 'choice', choices: ['fast', 'full'] },
    { name: 'DRY', kind: 'boolean', fallback: 'false' },
    { name: 'KEY', kind: 'secret' },
  ],
  queue: [],
  builds: [buildSample()],
  provenance: OK,
};

const COMMIT = {
  id: 'fedcba0987654321',
  title: 'feat: pay twice as fast',
  author: 'Lin Yue',
  at: '2026-11-25T10:00:00Z',
};

export const SOURCE: SourceResponse = {
  project: 'wealth/order',
  url: 'http://gitlab.example/wealth/order',
  defaultBranch: 'main',
  tags: [{ name: '5.2.0', commit: COMMIT }],
  branches: [{ name: 'main', commit: COMMIT }],
  mergeRequests: [],
  provenance: OK,
};

export const CHANGES: SourceChanges = {
  from: '5.1.0',
  to: '5.2.0',
  commits: [COMMIT],
  files: [{ path: 'src/pay.go', change: 'changed' }],
  mergeRequests: [
    {
      number: 12,
      title: 'Pay twice as fast',
      state: 'merged',
      author: 'Lin Yue',
      sourceBranch: 'fast',
      targetBranch: 'main',
      isDraft: false,
      createdAt: '2026-11-24T10:00:00Z',
      mergedAt: '2026-11-25T10:00:00Z',
      url: 'http://gitlab.example/wealth/order/-/merge_requests/12',
    },
  ],
  isBackwards: false,
  provenance: OK,
};
