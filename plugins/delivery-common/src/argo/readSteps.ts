import type { CanaryStep } from '../canary/schema';
import { secondsInWords } from '../plan/describe';
import type { Rollout, RolloutStep } from './schema';

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600 };

/** Argo's durations: seconds as a number, or `90`, `30s`, `5m`, `1h`, `1h30m`. */
export function readDuration(
  duration: string | number | undefined,
): number | undefined {
  if (duration === undefined) {
    return undefined;
  }
  const text = String(duration).trim();
  if (/^\d+$/.test(text)) {
    return Number(text);
  }
  if (!/^(\d+(\.\d+)?[smh])+$/.test(text)) {
    return undefined;
  }
  return [...text.matchAll(/(\d+(?:\.\d+)?)([smh])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit],
    0,
  );
}

type StepWords = Pick<
  CanaryStep,
  'kind' | 'title' | 'weight' | 'durationSeconds'
>;

function templatesOf(analysis: RolloutStep['analysis']): string {
  return (
    analysis?.templates
      ?.map(({ templateName }) => templateName)
      .filter(Boolean)
      .join(', ') || 'analysis'
  );
}

/** One step in the words of all engines. */
export function readStep(step: RolloutStep): StepWords {
  if (step.setWeight !== undefined) {
    const weight = step.setWeight;
    return { kind: 'weight', title: `${weight} %`, weight };
  }
  if (step.pause) {
    const durationSeconds = readDuration(step.pause.duration);
    return durationSeconds === undefined
      ? { kind: 'approval', title: 'approval' }
      : {
          kind: 'pause',
          title: secondsInWords(durationSeconds),
          durationSeconds,
        };
  }
  if (step.analysis) {
    return { kind: 'analysis', title: templatesOf(step.analysis) };
  }
  if (step.experiment) {
    return {
      kind: 'experiment',
      title: 'experiment',
      durationSeconds: readDuration(step.experiment.duration),
    };
  }
  if (step.setCanaryScale) {
    const { weight, replicas } = step.setCanaryScale;
    if (replicas !== undefined) {
      return { kind: 'scale', title: `${replicas} pods` };
    }
    return {
      kind: 'scale',
      title: weight === undefined ? 'pods as traffic' : `${weight} % of pods`,
    };
  }
  if (step.setHeaderRoute) {
    const matches = (step.setHeaderRoute.match ?? []).map(
      ({ headerName, headerValue }) =>
        `${headerName}: ${Object.values(headerValue ?? {})[0] ?? 'any'}`,
    );
    return { kind: 'header', title: matches.join(', ') || 'no header' };
  }
  if (step.setMirrorRoute) {
    const { percentage } = step.setMirrorRoute;
    return {
      kind: 'mirror',
      title: percentage ? `mirror ${percentage} %` : 'no mirror',
    };
  }
  const name = step.plugin?.name ?? Object.keys(step)[0] ?? 'unknown';
  return { kind: 'plugin', title: name };
}

function stateOf(
  index: number,
  current: number,
  isAborted: boolean,
): CanaryStep['state'] {
  if (index < current) {
    return 'done';
  }
  if (index > current) {
    return 'next';
  }
  return isAborted ? 'failed' : 'current';
}

/** The steps of a canary Rollout, and the last one that every Rollout has: all of it. */
export function readSteps(rollout: Rollout): CanaryStep[] {
  const steps = rollout.spec.strategy.canary?.steps ?? [];
  const { currentStepIndex, abort } = rollout.status;
  // Without an index the controller has not begun, or there is nothing to walk.
  const current = currentStepIndex ?? (isSettled(rollout) ? steps.length : 0);
  return steps.map((step, index) => ({
    index,
    ...readStep(step),
    state: stateOf(index, current, abort === true),
  }));
}

/** One version only: what runs is what is wanted. */
export function isSettled({ status }: Rollout): boolean {
  return (
    status.currentPodHash !== undefined &&
    status.currentPodHash === status.stableRS
  );
}
