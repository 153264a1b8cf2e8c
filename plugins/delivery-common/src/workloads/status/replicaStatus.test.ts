import type { PodObject, WorkloadObject } from '../objects';
import {
  waiting,
  ready,
  starting,
  pulling,
  crashing,
  unready,
  unscheduled,
  evicted,
  deployment,
  full,
  two,
  condition,
} from '../__testUtils__/pods';
import { replicaStatus } from './replicaStatus';

describe('status of a Deployment', () => {
  it.each<[string, string, WorkloadObject, PodObject[]]>([
    [
      'Healthy',
      'All 3 pods are ready',
      deployment(full),
      [ready, ready, ready],
    ],
    [
      'Healthy',
      'The pod is ready',
      deployment(
        {
          replicas: 1,
          updatedReplicas: 1,
          readyReplicas: 1,
          availableReplicas: 1,
        },
        { replicas: 1 },
      ),
      [ready],
    ],
    [
      'Idle',
      'Scaled to zero',
      deployment({ replicas: 0 }, { replicas: 0 }),
      [],
    ],
    [
      'Unknown',
      'No controller has reported about it yet',
      { metadata: { name: 'x' } },
      [],
    ],
    [
      'Progressing',
      'The controller has not seen the last change yet',
      deployment({ observedGeneration: 1 }),
      [],
    ],
    [
      'Failing',
      '2 of 3 pods cannot pull image r.example/pay:1.4: not found',
      deployment({}),
      [
        pulling(
          'rpc error: code = NotFound desc = failed to pull: manifest unknown',
        ),
        pulling('... not found'),
        starting,
      ],
    ],
    [
      'Degraded',
      '1 of 3 pods cannot pull image r.example/pay:1.4',
      deployment(two),
      [ready, ready, pulling('Back-off pulling image "r.example/pay:1.4"')],
    ],
    [
      'Degraded',
      '1 of 3 pods cannot pull image r.example/pay:1.4: the registry refuses access',
      deployment(two),
      [ready, ready, pulling('pull access denied')],
    ],
    [
      'Degraded',
      '1 of 3 pods cannot pull image r.example/pay:1.4: the registry cannot be reached',
      deployment(two),
      [ready, ready, pulling('dial tcp: lookup r.example: no such host')],
    ],
    [
      'Failing',
      '3 of 3 pods keep crashing: app ended with exit code 137 (OOMKilled)',
      deployment({}),
      [
        crashing(137, 'OOMKilled'),
        crashing(137, 'OOMKilled'),
        crashing(137, 'OOMKilled'),
      ],
    ],
    [
      'Degraded',
      '1 of 3 pods keeps crashing: app ended with exit code 1',
      deployment(two),
      [ready, ready, crashing(1, 'Error')],
    ],
    [
      'Failing',
      'The pod cannot be scheduled: 0/3 nodes are available: 3 Insufficient cpu.',
      deployment({ replicas: 1, updatedReplicas: 1 }, { replicas: 1 }),
      [unscheduled],
    ],
    [
      'Degraded',
      '1 of 3 pods is not ready: app fails its readiness probe',
      deployment(two),
      [ready, ready, unready],
    ],
    [
      'Degraded',
      '1 of 3 pods was evicted: The node was low on resource: memory.',
      deployment(two),
      [ready, ready, evicted],
    ],
    [
      'Degraded',
      '1 of 3 pods cannot start app: secret "pay" not found',
      deployment(two),
      [
        ready,
        ready,
        waiting({
          reason: 'CreateContainerConfigError',
          message: 'secret "pay" not found',
        }),
      ],
    ],
    [
      'Progressing',
      '1 of 3 pods replaced',
      deployment({ ...full, updatedReplicas: 1 }),
      [ready, ready, ready],
    ],
    [
      'Progressing',
      '1 old pod is ending',
      deployment({ ...full, replicas: 4 }),
      [ready, ready, ready],
    ],
    [
      'Progressing',
      '2 of 3 pods available',
      deployment(two),
      [ready, ready, starting],
    ],
    [
      'Paused',
      'Paused: changes are not rolled out until it is resumed',
      deployment(full, { paused: true }),
      [ready],
    ],
    [
      'Degraded',
      '1 of 3 pods keeps crashing: app ended with exit code 1',
      deployment(two, { paused: true }),
      [crashing(1, 'Error')],
    ],
    [
      'Degraded',
      'The rollout did not finish within 600 s: 1 of 3 pods keeps crashing: app ended with exit code 1',
      deployment({
        ...two,
        conditions: condition(
          'Progressing',
          'False',
          'ProgressDeadlineExceeded',
        ),
      }),
      [crashing(1, 'Error')],
    ],
    [
      'Failing',
      'Pods are refused: exceeded quota: compute',
      deployment({
        conditions: condition(
          'ReplicaFailure',
          'True',
          'FailedCreate',
          'exceeded quota: compute',
        ),
      }),
      [],
    ],
  ])('is %s: %s', (state, sentence, workload, pods) => {
    expect(replicaStatus('Deployment', workload, pods)).toEqual({
      state,
      sentence,
    });
  });

  it('is told without pods, too', () => {
    expect(replicaStatus('Deployment', deployment(full), undefined).state).toBe(
      'Healthy',
    );
  });
});

describe('status of a DaemonSet and a Rollout', () => {
  it.each([
    [3, 3, 3, 'Healthy', 'All 3 pods are ready'],
    [3, 1, 3, 'Progressing', '1 of 3 pods replaced'],
    [0, 0, 0, 'Idle', 'No node is meant to run it'],
  ])(
    'of %d nodes, %d updated, %d available',
    (
      desiredNumberScheduled,
      updatedNumberScheduled,
      numberAvailable,
      state,
      sentence,
    ) => {
      const status = {
        desiredNumberScheduled,
        updatedNumberScheduled,
        numberAvailable,
        numberReady: numberAvailable,
      };
      expect(
        replicaStatus('DaemonSet', { metadata: { name: 'x' }, status }, []),
      ).toEqual({ state, sentence });
    },
  );

  it.each([
    [
      'Paused',
      'CanaryPauseStep',
      'Paused',
      'The rollout is paused: CanaryPauseStep',
    ],
    [
      'Degraded',
      'RolloutAborted: metric failed',
      'Degraded',
      'RolloutAborted: metric failed',
    ],
    ['Healthy', undefined, 'Healthy', 'All 3 pods are ready'],
  ])('in phase %s', (phase, message, state, sentence) => {
    expect(
      replicaStatus(
        'Rollout',
        deployment({ ...full, phase, message, observedGeneration: '2' }),
        [],
      ),
    ).toEqual({ state, sentence });
  });
});
