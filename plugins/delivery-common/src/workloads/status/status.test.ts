import type {
  ContainerStatusObject,
  PodObject,
  WorkloadObject,
} from '../objects';
import { cronJobStatus, jobStatus } from './jobStatus';
import { replicaStatus } from './replicaStatus';

type Waiting = { reason: string; message?: string };

function pod(
  status: Partial<ContainerStatusObject>,
  more: PodObject['status'] = {},
): PodObject {
  return {
    metadata: { name: 'pod' },
    status: {
      phase: 'Running',
      containerStatuses: [
        { name: 'app', image: 'r.example/pay:1.4', ready: false, ...status },
      ],
      ...more,
    },
  };
}

const waiting = (state: Waiting, more: Partial<ContainerStatusObject> = {}) =>
  pod({ state: { waiting: state }, ...more });
const ready = pod({ ready: true, state: { running: {} } });
const starting = waiting({ reason: 'ContainerCreating' });
const pulling = (message?: string) =>
  waiting({ reason: 'ImagePullBackOff', message });
const crashing = (exitCode: number, reason: string) =>
  waiting(
    { reason: 'CrashLoopBackOff' },
    { lastState: { terminated: { exitCode, reason } } },
  );
const unready = pod({ state: { running: {} }, started: true });
const unscheduled: PodObject = {
  metadata: { name: 'pod' },
  status: {
    phase: 'Pending',
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: '0/3 nodes are available: 3 Insufficient cpu.',
      },
    ],
  },
};
const evicted: PodObject = {
  metadata: { name: 'pod' },
  status: {
    phase: 'Failed',
    reason: 'Evicted',
    message: 'The node was low on resource: memory.',
  },
};

function deployment(
  status: WorkloadObject['status'],
  spec: WorkloadObject['spec'] = {},
): WorkloadObject {
  return {
    metadata: { name: 'payment', generation: 2 },
    spec: { replicas: 3, ...spec },
    status: {
      observedGeneration: 2,
      replicas: 3,
      updatedReplicas: 3,
      ...status,
    },
  };
}

const full = { readyReplicas: 3, availableReplicas: 3 };
const two = { readyReplicas: 2, availableReplicas: 2 };
const condition = (
  type: string,
  status: string,
  reason: string,
  message = '',
) => [{ type, status, reason, message }];

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

describe('status of Jobs', () => {
  const job = (
    status: WorkloadObject['status'],
    spec = {},
  ): WorkloadObject => ({
    metadata: { name: 'report-1', creationTimestamp: '2026-11-26T10:00:00Z' },
    spec,
    status,
  });
  const failed = job({
    failed: 4,
    conditions: condition('Failed', 'True', 'BackoffLimitExceeded'),
  });
  const done = job({
    completionTime: '2026-11-26T10:05:00Z',
    conditions: condition('Complete', 'True', ''),
  });

  it.each<[string, string, WorkloadObject, PodObject[]]>([
    [
      'Failing',
      'Failed after 4 pods: it was tried as often as it may be',
      failed,
      [],
    ],
    ['Idle', 'Finished at 2026-11-26T10:05:00Z', done, []],
    ['Paused', 'Suspended', job({}, { suspend: true }), []],
    [
      'Progressing',
      '1 of 3 pods done',
      job({ succeeded: 1 }, { completions: 3 }),
      [ready],
    ],
    [
      'Degraded',
      'The pod keeps crashing: app ended with exit code 2',
      job({}),
      [crashing(2, 'Error')],
    ],
    ['Unknown', 'No controller has reported about it yet', job(undefined), []],
  ])('is %s: %s', (state, sentence, object, pods) => {
    expect(jobStatus(object, pods)).toEqual({ state, sentence });
  });

  const at = '2026-11-26T10:00:00Z';
  it.each<[string, string, WorkloadObject, WorkloadObject[] | undefined]>([
    ['Paused', 'Suspended: it does not run', job({}, { suspend: true }), []],
    ['Idle', 'It has not run yet', job({}), []],
    [
      'Failing',
      `Its run of ${at} failed after 4 pods: it was tried as often as it may be`,
      job({}),
      [failed],
    ],
    ['Healthy', `Its run of ${at} succeeded`, job({}), [done]],
    ['Progressing', `Its run of ${at} goes on`, job({}), [job({ active: 1 })]],
    [
      'Unknown',
      `How its run of ${at} ended is not known`,
      job({ lastScheduleTime: at }),
      undefined,
    ],
    [
      'Healthy',
      `Its last good run ended at ${at}`,
      job({ lastScheduleTime: at, lastSuccessfulTime: at }),
      [],
    ],
  ])('of a CronJob is %s: %s', (state, sentence, object, jobs) => {
    expect(cronJobStatus(object, jobs)).toEqual({ state, sentence });
  });
});
