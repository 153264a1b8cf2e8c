import type { KubernetesObject } from '../kubernetes/store';
import { asNumber, asRecord, asRecords, asString } from '../simulator/read';
import { PROXY_CONTAINER } from '../world/inject';
import { kubernetesTime } from '../world/names';
import type { Incident, IncidentContext } from './incident';

const NAMESPACE = 'loan';
const WORKLOAD = 'scoring-v2';
/** How often a crashing container starts again, in seconds. */
const RESTART_SECONDS = 15;

function podsOf({ store }: IncidentContext): KubernetesObject[] {
  return store
    .list('pods', NAMESPACE)
    .filter(
      pod =>
        pod.metadata.labels?.app === 'scoring' &&
        pod.metadata.labels.version === 'v2',
    );
}

function crashing(pod: KubernetesObject, now: string): Record<string, unknown> {
  return {
    ...pod.status,
    conditions: asRecords(pod.status?.conditions).map(condition =>
      condition.type === 'Ready' || condition.type === 'ContainersReady'
        ? {
            ...condition,
            status: 'False',
            reason: 'ContainersNotReady',
            message: 'containers with unready status: [scoring]',
            lastTransitionTime:
              condition.status === 'False' ? condition.lastTransitionTime : now,
          }
        : condition,
    ),
    containerStatuses: asRecords(pod.status?.containerStatuses).map(status =>
      status.name === PROXY_CONTAINER
        ? status
        : {
            ...status,
            ready: false,
            started: false,
            restartCount: (asNumber(status.restartCount) ?? 0) + 1,
            lastState: {
              terminated: {
                exitCode: 1,
                reason: 'Error',
                startedAt: now,
                finishedAt: now,
                containerID: asString(status.containerID),
              },
            },
            state: {
              waiting: {
                reason: 'CrashLoopBackOff',
                message: `back-off 5m0s restarting failed container=scoring pod=${pod.metadata.name}_${NAMESPACE}`,
              },
            },
          },
    ),
  };
}

function recovered(
  pod: KubernetesObject,
  now: string,
): Record<string, unknown> {
  return {
    ...pod.status,
    conditions: asRecords(pod.status?.conditions).map(condition =>
      condition.type === 'Ready' || condition.type === 'ContainersReady'
        ? { type: condition.type, status: 'True', lastTransitionTime: now }
        : condition,
    ),
    containerStatuses: asRecords(pod.status?.containerStatuses).map(status =>
      asRecord(status.state).waiting === undefined
        ? status
        : {
            ...status,
            ready: true,
            started: true,
            state: { running: { startedAt: now } },
          },
    ),
  };
}

function setStatus(
  context: IncidentContext,
  build: (pod: KubernetesObject, now: string) => Record<string, unknown>,
): void {
  const now = kubernetesTime(context.clock.now());
  for (const pod of podsOf(context)) {
    context.store.putStatus(
      'pods',
      NAMESPACE,
      pod.metadata.name,
      build(pod, now),
    );
  }
}

/** The new version of scoring cannot load its model. */
export const scoringCrashLoop: Incident = {
  name: 'loan-scoring-crashloop',
  title: 'scoring v2 crashes',
  description:
    'The pods of scoring v2 start, fail to load the model and start again (CrashLoopBackOff); its share of the traffic finds no healthy upstream (UH).',
  applies: world =>
    world.apps.some(
      app =>
        app.namespace === NAMESPACE &&
        app.releases.some(release => release.workload === WORKLOAD),
    ),
  start: context => setStatus(context, crashing),
  advance: (context, seconds) => {
    if (Math.floor(seconds) % RESTART_SECONDS === 0)
      setStatus(context, crashing);
  },
  stop: context => setStatus(context, recovered),
};
