import { imageVersion } from '../images';
import type { ContainerStatusObject, PodObject } from './objects';
import type { WorkloadPod } from './schema';
import { endOf, podProblem } from './status/podProblem';

const DIGEST = /sha256:[0-9a-f]{64}$/;
/** The mesh's own containers say nothing about the version of the app. */
const SIDECARS = new Set(['istio-proxy', 'linkerd-proxy']);

function containerSentence({ ready, state }: ContainerStatusObject): string {
  if (state?.waiting) {
    return `Waiting: ${state.waiting.reason ?? 'no reason was given'}`;
  }
  if (state?.terminated) {
    return `Ended with ${endOf(state.terminated)}`;
  }
  if (!state?.running) {
    return 'Unknown';
  }
  return ready ? 'Running and ready' : 'Running, not ready';
}

function readContainer(status: ContainerStatusObject) {
  const last = status.lastState?.terminated;
  const digest = DIGEST.exec(status.imageID ?? '')?.[0];
  return {
    name: status.name,
    ...(status.image && { image: status.image }),
    ...(digest && { digest }),
    isReady: status.ready ?? false,
    restarts: status.restartCount ?? 0,
    sentence: containerSentence(status),
    ...(last && {
      lastTermination: {
        ...(last.exitCode !== undefined && { exitCode: last.exitCode }),
        ...(last.reason && { reason: last.reason }),
        ...(last.finishedAt && { finishedAt: last.finishedAt }),
      },
    }),
  };
}

/** What the labels or the image say a version is. @public */
export function versionOf(
  labels: Readonly<Record<string, string>> | undefined,
  images: readonly { container: string; image: string }[],
): string | undefined {
  const own = images.find(({ container }) => !SIDECARS.has(container));
  return (
    labels?.['service.istio.io/canonical-revision'] ??
    labels?.['app.kubernetes.io/version'] ??
    labels?.version ??
    (own && imageVersion(own.image))
  );
}

function stateOf(pod: PodObject): Pick<WorkloadPod, 'state' | 'sentence'> {
  const { metadata, status } = pod;
  if (metadata.deletionTimestamp) {
    return { state: 'Progressing', sentence: 'Ending' };
  }
  if (status?.phase === 'Succeeded') {
    return { state: 'Idle', sentence: 'Done' };
  }
  const problem = podProblem(pod);
  if (problem) {
    return {
      state: problem.isPassing ? 'Progressing' : 'Failing',
      sentence:
        problem.one[0].toLocaleUpperCase('en-US') + problem.one.slice(1),
    };
  }
  return status?.phase === 'Running'
    ? { state: 'Healthy', sentence: 'Running and ready' }
    : { state: 'Unknown', sentence: status?.reason ?? 'Its node is silent' };
}

/** How often the containers of a pod were restarted. @public */
export function restartsOf(pod: PodObject): number {
  return (pod.status?.containerStatuses ?? []).reduce(
    (sum, { restartCount = 0 }) => sum + restartCount,
    0,
  );
}

/** A pod as the screens show it. @public */
export function readPod(pod: PodObject): WorkloadPod {
  const { metadata, spec, status } = pod;
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  const hash =
    metadata.labels?.['controller-revision-hash'] ??
    (owner?.kind === 'ReplicaSet' ? owner.name : undefined);
  const version = versionOf(
    metadata.labels,
    (spec?.containers ?? []).map(({ name, image = '' }) => ({
      container: name,
      image,
    })),
  );
  return {
    name: metadata.name,
    ...stateOf(pod),
    ...(spec?.nodeName && { node: spec.nodeName }),
    ...(version && { version }),
    ...(hash && { revision: hash }),
    restarts: restartsOf(pod),
    ...(metadata.creationTimestamp && {
      createdAt: metadata.creationTimestamp,
    }),
    containers: (status?.containerStatuses ?? []).map(readContainer),
  };
}
