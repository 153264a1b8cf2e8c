import type {
  ContainerStateObject,
  ContainerStatusObject,
  PodObject,
} from '../objects';

/**
 * What is wrong with a pod. Pods with the same problem are counted together,
 * so it is told for one and for many: `The pod keeps crashing`, `2 of 3 pods
 * keep crashing`.
 */
export type PodProblem = {
  one: string;
  many: string;
  /** True for what may well pass by itself, such as starting. */
  isPassing: boolean;
};

function same(text: string): PodProblem {
  return { one: text, many: text, isPassing: false };
}

const PULLING = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'RegistryUnavailable',
]);
const NOT_STARTING = new Set([
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'StartError',
  'PreCreateHookError',
  'PostStartHookError',
]);

/** The cause in a runtime's long message, in few words. */
function pullCause(reason: string, message = ''): string | undefined {
  const text = `${reason} ${message}`;
  if (/not found|manifest unknown|NotFound|does not exist/i.test(text)) {
    return 'not found';
  }
  if (/unauthori[sz]ed|denied|forbidden|authentication/i.test(text)) {
    return 'the registry refuses access';
  }
  if (
    /no such host|timed? ?out|refused|unreachable|RegistryUnavailable/i.test(
      text,
    )
  ) {
    return 'the registry cannot be reached';
  }
  if (/x509|certificate/i.test(text)) {
    return 'the registry’s certificate is not trusted';
  }
  if (/toomanyrequests|rate limit/i.test(text)) {
    return 'the registry’s rate limit is reached';
  }
  if (reason === 'InvalidImageName') {
    return 'its name is not valid';
  }
  // A back-off only repeats the image's name.
  return /^back-?off/i.test(message) || message === '' ? undefined : message;
}

/** How a container ended: `exit code 137 (OOMKilled)`. */
export function endOf(
  terminated: NonNullable<ContainerStateObject['terminated']>,
): string {
  const { exitCode, reason } = terminated;
  const code =
    exitCode === undefined ? 'no exit code' : `exit code ${exitCode}`;
  return reason && reason !== 'Error' ? `${code} (${reason})` : code;
}

function waitingProblem(
  { name, image, lastState }: ContainerStatusObject,
  waiting: { reason?: string; message?: string },
): PodProblem | undefined {
  const { reason = '', message } = waiting;
  if (PULLING.has(reason)) {
    const cause = pullCause(reason, message);
    return same(
      `cannot pull image ${image ?? 'of an unknown name'}${
        cause ? `: ${cause}` : ''
      }`,
    );
  }
  if (reason === 'CrashLoopBackOff') {
    const last = lastState?.terminated;
    const why = last ? `: ${name} ended with ${endOf(last)}` : '';
    return {
      one: `keeps crashing${why}`,
      many: `keep crashing${why}`,
      isPassing: false,
    };
  }
  if (NOT_STARTING.has(reason)) {
    return same(`cannot start ${name}: ${message ?? reason}`);
  }
  return undefined;
}

function stateProblem(status: ContainerStatusObject): PodProblem | undefined {
  const { name, state } = status;
  if (state?.waiting) {
    return waitingProblem(status, state.waiting);
  }
  const ended = state?.terminated;
  return ended && ended.exitCode !== 0
    ? same(`ended: ${name} with ${endOf(ended)}`)
    : undefined;
}

const STARTING: PodProblem = {
  one: 'is starting',
  many: 'are starting',
  isPassing: true,
};

function notReady(pod: PodObject): PodProblem | undefined {
  const statuses = pod.status?.containerStatuses ?? [];
  const waiting = statuses.some(({ state }) => state?.waiting);
  if (statuses.length === 0 || waiting || pod.status?.phase === 'Pending') {
    return STARTING;
  }
  const late = statuses.find(({ ready }) => !ready);
  if (!late) {
    return undefined;
  }
  if (late.started === false) {
    return STARTING;
  }
  return {
    one: `is not ready: ${late.name} fails its readiness probe`,
    many: `are not ready: ${late.name} fails its readiness probe`,
    // A probe that fails right after the start is what probes are for.
    isPassing: false,
  };
}

/**
 * What is wrong with a pod; undefined for one that is well, done or on its
 * way out.
 */
export function podProblem(pod: PodObject): PodProblem | undefined {
  const { status, metadata } = pod;
  if (metadata.deletionTimestamp || status?.phase === 'Succeeded') {
    return undefined;
  }
  if (status?.phase === 'Failed') {
    const word = status.reason === 'Evicted' ? 'evicted' : 'failed';
    const why = status.message ?? status.reason;
    return {
      one: `was ${word}${why ? `: ${why}` : ''}`.replace(
        'was failed',
        'failed',
      ),
      many: `were ${word}${why ? `: ${why}` : ''}`.replace(
        'were failed',
        'failed',
      ),
      isPassing: false,
    };
  }
  const scheduled = status?.conditions?.find(
    ({ type }) => type === 'PodScheduled',
  );
  if (scheduled?.status === 'False') {
    return same(
      `cannot be scheduled: ${
        scheduled.message ?? scheduled.reason ?? 'no reason was given'
      }`,
    );
  }
  const problem = [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
  ]
    .map(stateProblem)
    .find(Boolean);
  return problem ?? notReady(pod);
}
