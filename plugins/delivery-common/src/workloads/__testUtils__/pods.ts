import type {
  ContainerStatusObject,
  PodObject,
  WorkloadObject,
} from '../objects';

type Waiting = { reason: string; message?: string };

export function pod(
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

export const waiting = (
  state: Waiting,
  more: Partial<ContainerStatusObject> = {},
) => pod({ state: { waiting: state }, ...more });
export const ready = pod({ ready: true, state: { running: {} } });
export const starting = waiting({ reason: 'ContainerCreating' });
export const pulling = (message?: string) =>
  waiting({ reason: 'ImagePullBackOff', message });
export const crashing = (exitCode: number, reason: string) =>
  waiting(
    { reason: 'CrashLoopBackOff' },
    { lastState: { terminated: { exitCode, reason } } },
  );
export const unready = pod({ state: { running: {} }, started: true });
export const unscheduled: PodObject = {
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
export const evicted: PodObject = {
  metadata: { name: 'pod' },
  status: {
    phase: 'Failed',
    reason: 'Evicted',
    message: 'The node was low on resource: memory.',
  },
};

export function deployment(
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

export const full = { readyReplicas: 3, availableReplicas: 3 };
export const two = { readyReplicas: 2, availableReplicas: 2 };
export const condition = (
  type: string,
  status: string,
  reason: string,
  message = '',
) => [{ type, status, reason, message }];
