import { rolloutProgress } from './rolloutProgress';

describe('rolloutProgress', () => {
  it.each([
    [{ observedGeneration: 1 }, 'running', 'Waiting for the controller'],
    [
      { observedGeneration: 2, replicas: 3, updatedReplicas: 1 },
      'running',
      '1 of 3 pods replaced',
    ],
    [
      { observedGeneration: 2, replicas: 4, updatedReplicas: 3 },
      'running',
      '1 old pod is ending',
    ],
    [
      {
        observedGeneration: 2,
        replicas: 3,
        updatedReplicas: 3,
        availableReplicas: 2,
      },
      'running',
      '2 of 3 pods available',
    ],
    [
      {
        observedGeneration: 2,
        replicas: 3,
        updatedReplicas: 3,
        availableReplicas: 3,
      },
      'succeeded',
      'All 3 pods run anew',
    ],
    [
      {
        observedGeneration: 2,
        replicas: 4,
        updatedReplicas: 1,
        conditions: [
          {
            type: 'Progressing',
            status: 'False',
            reason: 'ProgressDeadlineExceeded',
            message: 'timed out',
          },
        ],
      },
      'failed',
      'timed out',
    ],
  ])('of a Deployment at %j is %s', (status, state, message) => {
    expect(
      rolloutProgress({
        metadata: { name: 'order', generation: 2 },
        spec: { replicas: 3 },
        status,
      }),
    ).toEqual({ state, message });
  });

  it('counts nodes for a DaemonSet', () => {
    const status = {
      observedGeneration: 1,
      desiredNumberScheduled: 2,
      updatedNumberScheduled: 2,
      numberAvailable: 1,
    };
    const daemonSet = { metadata: { name: 'ztunnel', generation: 1 }, status };
    expect(rolloutProgress(daemonSet).message).toBe('1 of 2 pods available');
    expect(
      rolloutProgress({
        ...daemonSet,
        status: { ...status, numberAvailable: 2 },
      }).state,
    ).toBe('succeeded');
  });

  it('waits for a controller that has not spoken yet', () => {
    expect(
      rolloutProgress({ metadata: { name: 'order', generation: 1 } }).state,
    ).toBe('running');
  });
});
