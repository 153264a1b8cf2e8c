import { readActor, releaseProgress } from '.';

describe('readActor', () => {
  it.each([
    [
      'person',
      'user:default/kepler',
      'It leaks',
      { name: 'x' },
      'user:default/kepler via Orrery: It leaks',
    ],
    [
      'argocd',
      'shop',
      undefined,
      {
        name: 'x',
        annotations: {
          'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:w/x',
        },
      },
      undefined,
    ],
    [
      'helm',
      'pay',
      'upgrade',
      { name: 'x', annotations: { 'meta.helm.sh/release-name': 'pay' } },
      'upgrade',
    ],
    [
      'tool',
      'kubectl-edit',
      undefined,
      {
        name: 'x',
        managedFields: [
          { manager: 'kubectl-create', time: '2026-01-01T00:00:00Z' },
          { manager: 'kubectl-edit', time: '2026-02-01T00:00:00Z' },
          { manager: 'kube-controller-manager', time: '2026-03-01T00:00:00Z' },
        ],
      },
      undefined,
    ],
    ['unknown', undefined, undefined, { name: 'x' }, undefined],
  ])('is %s %s', (by, name, why, metadata, cause) => {
    const read = readActor(metadata, cause);
    expect([read.actor.by, read.actor.name, read.why]).toEqual([by, name, why]);
  });
});

describe('releaseProgress', () => {
  it.each([
    ['Healthy', false, 'succeeded'],
    ['Idle', false, 'succeeded'],
    ['Progressing', false, 'progressing'],
    ['Failing', false, 'progressing'],
    ['Failing', true, 'failed'],
    ['Unknown', false, undefined],
  ] as const)('of %s (over: %s) is %s', (state, isOver, expected) => {
    expect(releaseProgress({ state, sentence: 's' }, isOver)?.state).toBe(
      expected,
    );
  });
});
