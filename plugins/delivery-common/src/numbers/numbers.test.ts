import { deliveryNumbers } from '.';
import type { Release } from '../releases';

function release(day: number, overrides: Partial<Release> = {}): Release {
  const text = String(day).padStart(2, '0');
  return {
    id: `r${day}`,
    workload: 'kepler/wealth/Deployment/payment',
    cluster: 'kepler',
    namespace: 'wealth',
    app: 'payment',
    revision: day,
    revisionName: `payment-${day}`,
    images: [],
    actor: { by: 'unknown', sentence: '' },
    isRollback: false,
    startedAt: `2026-11-${text}T10:00:00Z`,
    finishedAt: `2026-11-${text}T10:10:00Z`,
    state: 'succeeded',
    outcome: '',
    ...overrides,
  };
}

describe('deliveryNumbers', () => {
  it.each<[string, Release[], object]>([
    ['nothing', [], { deployments: 0, deploymentsPerDay: 0, failures: 0 }],
    [
      'good ones',
      [release(1, { builtAt: '2026-11-01T09:10:00Z' }), release(2)],
      {
        deployments: 2,
        deploymentsPerDay: 0.2,
        leadTimeSeconds: 3600,
        leadTimeKnown: 1,
        leadTimeFromCommit: 0,
        changeFailureShare: 0,
      },
    ],
    [
      'some whose commits are known, which count before their builds',
      [
        release(1, {
          builtAt: '2026-11-01T10:00:00Z',
          range: { firstCommitAt: '2026-11-01T08:10:00Z', commits: 2 },
        }),
        release(2, {
          builtAt: '2026-11-02T09:10:00Z',
          range: { reason: 'The image names no commit' },
        }),
        // Nothing but its settings changed: there is nothing to wait for.
        release(3, { range: { commits: 0 } }),
      ],
      { leadTimeSeconds: 5400, leadTimeKnown: 2, leadTimeFromCommit: 1 },
    ],
    [
      'one that failed and was repaired',
      [release(1, { state: 'failed' }), release(2)],
      { failures: 1, changeFailureShare: 0.5, restoreSeconds: 86_400 },
    ],
    [
      'one that was rolled back',
      [
        release(1),
        release(2),
        release(3, {
          isRollback: true,
          startedAt: '2026-11-02T11:00:00Z',
          finishedAt: '2026-11-02T11:10:00Z',
        }),
      ],
      { deployments: 2, failures: 1, restoreSeconds: 3600 },
    ],
    [
      'a rollback long after',
      [release(1), release(9, { isRollback: true })],
      { deployments: 1, failures: 0 },
    ],
    [
      'one that goes on',
      [release(1, { state: 'progressing', finishedAt: undefined })],
      { deployments: 0, failures: 0 },
    ],
  ])('of %s', (_what, releases, expected) => {
    expect(deliveryNumbers('payment', releases, 10)).toMatchObject(expected);
  });

  it('does not know what it cannot tell', () => {
    const numbers = deliveryNumbers('payment', [], 10);
    expect(numbers).not.toHaveProperty('changeFailureShare');
    expect(numbers).not.toHaveProperty('leadTimeSeconds');
    expect(numbers).not.toHaveProperty('restoreSeconds');
  });
});
