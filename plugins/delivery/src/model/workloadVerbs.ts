import type {
  WorkloadContainer,
  WorkloadDetails,
  WorkloadKind,
} from '@orrery/backstage-plugin-delivery-common';
import type { PermittedQuestion } from '@orrery/backstage-plugin-orrery-common';

/** What can be done to a workload. */
export type WorkloadVerb =
  | 'deploy'
  | 'scale'
  | 'restart'
  | 'pause'
  | 'resume'
  | 'rollBack'
  | 'resources'
  | 'probes'
  | 'environment'
  | 'runNow';

type Verb = {
  /** Name of the action in the plugin. */
  action: string;
  kinds: readonly WorkloadKind[];
};

const REPLICATED = ['Deployment', 'StatefulSet', 'Rollout'] as const;
const LASTING = [...REPLICATED, 'DaemonSet'] as const;
const TEMPLATED = [...LASTING, 'CronJob'] as const;
const PAUSABLE = ['Deployment', 'Rollout', 'CronJob'] as const;

/** Verbs in the order in which they are offered. */
export const WORKLOAD_VERBS: Readonly<Record<WorkloadVerb, Verb>> = {
  deploy: { action: 'deploy-image', kinds: TEMPLATED },
  rollBack: { action: 'roll-back', kinds: LASTING },
  restart: { action: 'restart-workload', kinds: LASTING },
  scale: { action: 'scale-workload', kinds: REPLICATED },
  pause: { action: 'pause-workload', kinds: PAUSABLE },
  resume: { action: 'resume-workload', kinds: PAUSABLE },
  runNow: { action: 'run-cron-job-now', kinds: ['CronJob'] },
  resources: { action: 'set-resources', kinds: TEMPLATED },
  probes: { action: 'set-probes', kinds: TEMPLATED },
  environment: { action: 'set-environment', kinds: TEMPLATED },
};

const SIDECARS = new Set(['istio-proxy', 'linkerd-proxy']);

/** Containers whose image a person chooses: not the mesh's, not those that only start. */
export function deployableContainers({
  containers,
}: Pick<WorkloadDetails, 'containers'>): WorkloadContainer[] {
  return containers.filter(
    ({ name, isInit }) => !isInit && !SIDECARS.has(name),
  );
}

/** Verbs that make sense for a workload as it is now, whoever asks. */
export function verbsOf(details: WorkloadDetails): WorkloadVerb[] {
  const { summary, isPaused, revisions } = details;
  const isSensible: Partial<Record<WorkloadVerb, boolean>> = {
    pause: !isPaused,
    resume: isPaused,
    // An autoscaler would take it back at once; its name is shown instead.
    scale: summary.scaler === undefined,
    rollBack: revisions.some(({ isCurrent }) => !isCurrent),
  };
  return Object.entries(WORKLOAD_VERBS).flatMap(([name, { kinds }]) => {
    const verb = name as WorkloadVerb;
    return kinds.includes(summary.kind) && isSensible[verb] !== false
      ? [verb]
      : [];
  });
}

/** Asks whether a verb is permitted, with an input that names the target. */
export function questionOf(
  verb: WorkloadVerb,
  details: WorkloadDetails,
): PermittedQuestion {
  const workload = details.summary.ref;
  const rest: Partial<Record<WorkloadVerb, object>> = {
    deploy: { image: deployableContainers(details)[0]?.image || 'image' },
    scale: { replicas: details.summary.pods.desired ?? 1 },
    rollBack: { revision: 1 },
  };
  return {
    action: WORKLOAD_VERBS[verb].action,
    input: { workload, ...rest[verb] },
  };
}
