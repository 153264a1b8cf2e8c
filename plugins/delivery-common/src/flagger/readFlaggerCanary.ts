import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import type {
  Canary,
  CanaryEvent,
  CanaryMetric,
  CanaryPhase,
  CanarySide,
  CanaryWait,
} from '../canary/schema';
import { imageVersion } from '../images';
import { flaggerOffers } from './flaggerOffers';
import type { FlaggerGate } from './gates';
import { readFlaggerSteps } from './readSteps';
import type { CanaryObject } from './schema';

/** Id of the engine. @public */
export const FLAGGER_ENGINE = 'flagger';

/** One of the two Deployments, as far as it is read. @public */
export type FlaggerWorkload = {
  image?: string;
  app?: string;
  podLabels: Record<string, string>;
  desiredPods?: number;
  readyPods?: number;
  resourceVersion?: string;
};

/** What is read of one Canary. @public */
export type FlaggerInput = {
  cluster: string;
  canary: CanaryObject;
  /** The Deployment that people change, and the one that Flagger keeps. */
  target?: FlaggerWorkload;
  primary?: FlaggerWorkload;
  /** Gates that the portal keeps for it. */
  gates: readonly FlaggerGate[];
  events: readonly CanaryEvent[];
};

const PHASES: Record<string, CanaryPhase> = {
  Initializing: 'Progressing',
  Initialized: 'Done',
  Waiting: 'Paused',
  Progressing: 'Progressing',
  WaitingPromotion: 'Paused',
  Promoting: 'Progressing',
  Finalising: 'Progressing',
  Succeeded: 'Done',
  Failed: 'Aborted',
  Terminating: 'Progressing',
  Terminated: 'Idle',
};

/** Phases in which there are two versions to compare. */
const TWO_VERSIONS = new Set([
  'Waiting',
  'Progressing',
  'WaitingPromotion',
  'Promoting',
  'Finalising',
]);

function waitOf(input: FlaggerInput): CanaryWait | undefined {
  const { phase } = input.canary.status;
  const since = input.canary.status.lastTransitionTime;
  const closed = (type: FlaggerGate['type']) =>
    input.gates.find(gate => gate.type === type && !gate.isOpen);
  if (phase === 'Waiting') {
    return {
      for: closed('confirm-rollout') ? 'approval' : 'gate',
      since,
      sentence: closed('confirm-rollout')
        ? 'Waits for an approval before the canary starts'
        : 'Waits for a hook outside the portal before the canary starts',
    };
  }
  if (phase === 'WaitingPromotion') {
    return {
      for: closed('confirm-promotion') ? 'approval' : 'gate',
      since,
      sentence: closed('confirm-promotion')
        ? 'Waits for an approval of the promotion'
        : 'Waits for a hook outside the portal before the promotion',
    };
  }
  const traffic = closed('confirm-traffic-increase');
  return phase === 'Progressing' && traffic?.askedAt
    ? {
        for: 'approval',
        since: traffic.askedAt,
        sentence: 'Waits for an approval of more traffic',
      }
    : undefined;
}

function sideOf(
  { cluster, canary }: FlaggerInput,
  name: string,
  workload: FlaggerWorkload | undefined,
): CanarySide {
  const { namespace } = canary.metadata;
  const { kind } = canary.spec.targetRef;
  return {
    version: imageVersion(workload?.image),
    image: workload?.image,
    workload: formatRef({ type: 'workload', cluster, namespace, kind, name }),
    podSelector: workload?.podLabels ?? {},
    desiredPods: workload?.desiredPods,
    readyPods: workload?.readyPods,
    telemetry: { workload: name },
  };
}

function metricsOf({ spec }: CanaryObject): CanaryMetric[] {
  return (spec.analysis.metrics ?? []).map(metric => {
    const { min, max } = metric.thresholdRange ?? {};
    const limit = [
      min === undefined ? undefined : `at least ${min}`,
      max === undefined ? undefined : `at most ${max}`,
    ].filter(Boolean);
    return {
      name: metric.name,
      state: 'running',
      sentence: `${
        limit.join(', ') || 'no range'
      }; Flagger does not publish what it measured`,
      query: metric.query,
      successCondition: limit.join(', ') || undefined,
      measurements: [],
    };
  });
}

function reasonOf(
  { canary, events }: FlaggerInput,
  wait: CanaryWait | undefined,
): string {
  const { status, spec } = canary;
  const { failedChecks = 0, phase } = status;
  const { threshold } = spec.analysis;
  if (spec.suspend) {
    return 'Suspended: Flagger does nothing until it is resumed';
  }
  if (wait) {
    return wait.sentence;
  }
  const promoted = status.conditions?.find(({ type }) => type === 'Promoted');
  if (phase === 'Failed') {
    const last = events.find(({ kind }) => kind === 'problem');
    return last?.detail ?? promoted?.message ?? 'The analysis failed';
  }
  if (failedChecks > 0) {
    return `${failedChecks} of ${threshold ?? '?'} checks failed in a row`;
  }
  return promoted?.message ?? phase ?? 'Flagger has not looked at it yet';
}

/** A Flagger Canary in the words of all engines. @public */
export function readFlaggerCanary(input: FlaggerInput): Canary {
  const { cluster, canary, target, primary } = input;
  const { metadata, spec, status } = canary;
  const { namespace, name } = metadata;
  const isTwo = TWO_VERSIONS.has(status.phase ?? '');
  const stable = sideOf(input, `${spec.targetRef.name}-primary`, primary);
  const other = sideOf(input, spec.targetRef.name, target);
  const steps = readFlaggerSteps(canary);
  const waitsFor = spec.suspend
    ? { for: 'person' as const, sentence: 'Suspended by a person' }
    : waitOf(input);
  const failed = status.failedChecks ?? 0;
  const phase = PHASES[status.phase ?? ''] ?? 'Unknown';
  return {
    ref: formatRef({
      type: 'workload',
      cluster,
      namespace,
      kind: 'Canary',
      name,
    }),
    engine: FLAGGER_ENGINE,
    engineTitle: 'Flagger',
    app: target?.app ?? spec.targetRef.name,
    services: [
      formatRef({
        type: 'service',
        cluster,
        namespace,
        name: spec.service?.name ?? spec.targetRef.name,
      }),
    ],
    phase: waitsFor && phase === 'Progressing' ? 'Paused' : phase,
    reason: reasonOf(input, waitsFor),
    waitsFor,
    stepIndex: steps.findIndex(({ state }) => state === 'current'),
    stepCount: steps.length,
    stableVersion: stable.version,
    canaryVersion:
      isTwo || status.phase === 'Failed' ? other.version : undefined,
    weights: isTwo
      ? { desired: status.canaryWeight ?? 0, desiredBy: 'routes' }
      : {},
    changedAt: status.lastTransitionTime,
    steps: steps.map(step =>
      phase === 'Done' ? { ...step, state: 'done' as const } : step,
    ),
    stable,
    canary: isTwo ? other : undefined,
    analyses: [
      {
        name: 'Flagger',
        state: failed > 0 ? 'failing' : 'running',
        sentence: `${failed} of ${
          spec.analysis.threshold ?? 'unlimited'
        } failed checks`,
        metrics: metricsOf(canary),
      },
    ],
    events: [...input.events],
    offers: flaggerOffers(input, {
      stable: stable.version,
      canary: other.version,
      isTwo,
    }),
    purpose: metadata.annotations?.['kubernetes.io/change-cause'],
    resourceVersion: metadata.resourceVersion,
    warnings: [],
  };
}
