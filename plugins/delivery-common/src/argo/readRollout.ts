import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import type {
  Canary,
  CanaryPhase,
  CanarySide,
  CanaryWait,
  CanaryWeights,
} from '../canary/schema';
import { imageVersion } from '../images';
import { readAnalysisRun } from './readAnalysis';
import { isSettled, readDuration, readSteps } from './readSteps';
import { rolloutOffers } from './rolloutOffers';
import type { AnalysisRun, Rollout, RolloutReplicaSet } from './schema';

/** Id of the engine. @public */
export const ARGO_ENGINE = 'argo-rollouts';

const POD_HASH = 'rollouts-pod-template-hash';

/** What is read of one Rollout. @public */
export type RolloutInput = {
  cluster: string;
  rollout: Rollout;
  /** ReplicaSets that it owns. */
  replicaSets: readonly RolloutReplicaSet[];
  /** AnalysisRuns that it owns. */
  analysisRuns: readonly AnalysisRun[];
};

/**
 * A status counts only once the controller has seen the spec.
 * (`observedGeneration` is a text; older controllers wrote a hash of the spec.)
 */
function isCurrent({ metadata, status }: Rollout): boolean {
  const observed = Number(status.observedGeneration);
  return !Number.isInteger(observed) || observed >= (metadata.generation ?? 0);
}

type SideName = 'stable' | 'canary';

function sideOf(
  { cluster, rollout }: RolloutInput,
  side: SideName,
  set: RolloutReplicaSet | undefined,
  other: RolloutReplicaSet | undefined,
): CanarySide {
  const hash = set?.metadata.labels?.[POD_HASH];
  const template = set?.spec.template ?? rollout.spec.template;
  const image = template?.spec?.containers[0]?.image;
  const version = versionLabel(rollout, side, set);
  const isTold =
    version !== undefined &&
    version !==
      versionLabel(rollout, side === 'stable' ? 'canary' : 'stable', other);
  const workload = rollout.metadata.name;
  return {
    version: imageVersion(image),
    image,
    workload: formatRef({
      type: 'workload',
      cluster,
      namespace: rollout.metadata.namespace,
      kind: 'Rollout',
      name: workload,
    }),
    podSelector: hash ? { [POD_HASH]: hash } : {},
    desiredPods: set?.spec.replicas,
    readyPods: set ? set.status.readyReplicas ?? 0 : undefined,
    ...(other && !isTold
      ? {
          telemetryReason:
            version === undefined
              ? 'Pods carry no label `version`, so the mesh cannot tell the two versions apart'
              : `Both versions carry the label version=${version}, so the mesh cannot tell them apart: change it with the image`,
        }
      : { telemetry: { workload, ...(other && { version }) } }),
  };
}

/** What the mesh calls the version: by the template, or by the side's own labels. */
function versionLabel(
  { spec }: Rollout,
  side: SideName,
  set: RolloutReplicaSet | undefined,
): string | undefined {
  const { stableMetadata, canaryMetadata } = spec.strategy.canary ?? {};
  const own = side === 'stable' ? stableMetadata : canaryMetadata;
  const labels = { ...set?.spec.template?.metadata?.labels, ...own?.labels };
  return labels['service.istio.io/canonical-revision'] ?? labels.version;
}

function weightsOf({ rollout }: RolloutInput): CanaryWeights {
  const { weights } = rollout.status.canary ?? {};
  if (weights?.canary) {
    return { desired: weights.canary.weight, desiredBy: 'routes' };
  }
  if (isSettled(rollout)) {
    return {};
  }
  const { updatedReplicas, replicas } = rollout.status;
  return updatedReplicas === undefined || !replicas
    ? {}
    : {
        desired: Math.round((updatedReplicas / replicas) * 100),
        desiredBy: 'pods',
      };
}

/** Which wait a paused Rollout is in. */
function waitOf({ rollout }: RolloutInput): CanaryWait | undefined {
  const { status, spec } = rollout;
  if (spec.paused) {
    return {
      for: 'person',
      sentence: 'Paused by a person (spec.paused): resume it',
    };
  }
  const [pause] = status.pauseConditions ?? [];
  if (!pause) {
    return undefined;
  }
  const since = pause.startTime;
  const step = spec.strategy.canary?.steps?.[status.currentStepIndex ?? 0];
  const seconds = readDuration(step?.pause?.duration);
  switch (pause.reason) {
    case 'CanaryPauseStep':
      return seconds === undefined
        ? { for: 'approval', since, sentence: 'Waits for an approval' }
        : {
            for: 'time',
            since,
            until: new Date(Date.parse(since) + seconds * 1000).toISOString(),
            sentence: 'Waits for time to pass',
          };
    case 'InconclusiveAnalysisRun':
      return {
        for: 'approval',
        since,
        sentence:
          'An analysis was inconclusive: someone has to decide whether to go on',
      };
    case 'BlueGreenPause':
      return {
        for: 'approval',
        since,
        sentence: 'The new version is ready beside the active one: switch over',
      };
    default:
      return { for: 'person', since, sentence: pause.reason };
  }
}

function phaseOf(
  input: RolloutInput,
  wait: CanaryWait | undefined,
): { phase: CanaryPhase; reason: string } {
  const { status } = input.rollout;
  if (!isCurrent(input.rollout) || !status.phase) {
    return {
      phase: status.phase ? 'Progressing' : 'Unknown',
      reason: 'The controller has not seen the last change yet',
    };
  }
  const message = status.message ?? '';
  if (status.abort) {
    return {
      phase: 'Aborted',
      reason: message || 'Aborted; the stable version has all traffic',
    };
  }
  switch (status.phase) {
    case 'Healthy':
      return { phase: 'Done', reason: 'One version runs, and it is healthy' };
    case 'Paused':
      return { phase: 'Paused', reason: wait?.sentence ?? message };
    case 'Degraded':
      return { phase: 'Failed', reason: message || 'Degraded' };
    case 'Progressing':
      return { phase: 'Progressing', reason: message || 'Progressing' };
    default:
      return { phase: 'Unknown', reason: `${status.phase}: ${message}` };
  }
}

function appOf({ rollout }: RolloutInput): string {
  const labels = rollout.spec.template?.metadata?.labels;
  return (
    labels?.['service.istio.io/canonical-name'] ??
    labels?.app ??
    labels?.['app.kubernetes.io/name'] ??
    rollout.metadata.name
  );
}

function servicesOf({ cluster, rollout }: RolloutInput): string[] {
  const { canary, blueGreen } = rollout.spec.strategy;
  const names = [
    canary?.stableService,
    canary?.canaryService,
    blueGreen?.activeService,
    blueGreen?.previewService,
  ];
  return [...new Set(names.filter(name => name !== undefined))].map(name =>
    formatRef({
      type: 'service',
      cluster,
      namespace: rollout.metadata.namespace,
      name,
    }),
  );
}

/** An Argo Rollout in the words of all engines. @public */
export function readRollout(input: RolloutInput): Canary {
  const { cluster, rollout, replicaSets } = input;
  const { metadata, status } = rollout;
  const setOf = (hash: string | undefined) =>
    replicaSets.find(set => set.metadata.labels?.[POD_HASH] === hash);
  const { stableRS, currentPodHash } = status;
  const isOne = isSettled(rollout);
  const current = setOf(currentPodHash);
  const stableSet = setOf(stableRS);
  const stable = sideOf(
    input,
    'stable',
    stableSet,
    isOne ? undefined : current,
  );
  const canary =
    isOne || !currentPodHash
      ? undefined
      : sideOf(input, 'canary', current, stableSet);
  const waitsFor = waitOf(input);
  const { phase, reason } = phaseOf(input, waitsFor);
  const steps = readSteps(rollout);
  const runs = input.analysisRuns
    .filter(run => !isOne || run.metadata.labels?.[POD_HASH] === currentPodHash)
    .map(readAnalysisRun)
    .sort((left, right) =>
      (right.startedAt ?? '').localeCompare(left.startedAt ?? ''),
    );
  return {
    ref: stable.workload,
    engine: ARGO_ENGINE,
    engineTitle: 'Argo Rollouts',
    app: appOf(input),
    services: servicesOf({ ...input, cluster }),
    phase,
    reason,
    waitsFor,
    stepIndex: isOne ? steps.length : status.currentStepIndex,
    stepCount: steps.length,
    stableVersion: stable.version,
    canaryVersion: canary?.version,
    weights: weightsOf(input),
    startedAt: isOne ? undefined : current?.metadata.creationTimestamp,
    changedAt: status.abortedAt ?? waitsFor?.since,
    steps,
    stable,
    canary,
    analyses: runs.slice(0, 20),
    events: [],
    offers: rolloutOffers(rollout, {
      stable: stable.version,
      canary: canary?.version,
    }),
    purpose: metadata.annotations?.['kubernetes.io/change-cause'],
    resourceVersion: metadata.resourceVersion,
    warnings: [],
  };
}
