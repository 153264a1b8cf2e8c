import fc from 'fast-check';
import { sampleDeployment } from '../testing/cluster';
import { nextStep, rolloutLimits, type ReplicaCounts } from './rolling-update';

const counts = (wanted: number, available = wanted): ReplicaCounts => ({
  wanted,
  actual: wanted,
  available,
});

describe('rolloutLimits', () => {
  it('rounds surge up and unavailability down', () => {
    const limits = rolloutLimits(sampleDeployment('a'), 3);
    expect(limits).toEqual({ maxSurge: 1, maxUnavailable: 0 });
  });

  it('lets one pod be missing when nothing else could move', () => {
    const deployment = sampleDeployment('a', {
      strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '1%' } },
    });
    expect(rolloutLimits(deployment, 3)).toEqual({
      maxSurge: 0,
      maxUnavailable: 1,
    });
  });
});

describe('nextStep', () => {
  it('grows the new set by the surge first', () => {
    const limits = { maxSurge: 1, maxUnavailable: 0 };
    expect(nextStep(3, limits, counts(0), [counts(3)])).toEqual({
      newest: 1,
      old: [3],
    });
  });

  it('waits for new pods before it takes old ones away', () => {
    const limits = { maxSurge: 1, maxUnavailable: 0 };
    expect(nextStep(3, limits, counts(1, 0), [counts(3)]).old).toEqual([3]);
    expect(nextStep(3, limits, counts(1, 1), [counts(3)]).old).toEqual([2]);
  });

  it('removes unhealthy old pods first', () => {
    const limits = { maxSurge: 1, maxUnavailable: 1 };
    const step = nextStep(3, limits, counts(0), [counts(2), counts(1, 0)]);
    expect(step.old).toEqual([2, 0]);
  });

  it('keeps within its limits and reaches the end from anywhere', () => {
    const arbitrary = fc.record({
      replicas: fc.integer({ min: 0, max: 20 }),
      old: fc.integer({ min: 0, max: 20 }),
      newest: fc.integer({ min: 0, max: 20 }),
      maxSurge: fc.integer({ min: 0, max: 5 }),
      maxUnavailable: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ replicas, old, newest, ...given }) => {
        const limits =
          given.maxSurge + given.maxUnavailable === 0
            ? { maxSurge: 0, maxUnavailable: 1 }
            : given;
        let state = { newest, old: [old] };
        for (let round = 0; round < 100; round++) {
          const before = state.newest + state.old[0];
          // Every pod that exists is available by the time of the next step.
          state = nextStep(replicas, limits, counts(state.newest), [
            counts(state.old[0]),
          ]);
          const total = state.newest + state.old[0];
          expect(total).toBeLessThanOrEqual(
            Math.max(before, replicas + limits.maxSurge),
          );
        }
        expect(state).toEqual({ newest: replicas, old: [0] });
      }),
    );
  });
});
