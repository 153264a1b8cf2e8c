import { readDuration } from '../argo/readSteps';
import type { CanaryStep } from '../canary/schema';
import type { CanaryObject } from './schema';

type Analysis = CanaryObject['spec']['analysis'];

/** Weights that the canary walks through, as Flagger computes them from its settings. */
export function flaggerWeights(analysis: Analysis): number[] {
  if (analysis.stepWeights?.length) {
    return analysis.stepWeights;
  }
  const { stepWeight, maxWeight = 100 } = analysis;
  if (!stepWeight || stepWeight <= 0) {
    return [];
  }
  const weights: number[] = [];
  for (let weight = stepWeight; weight <= maxWeight; weight += stepWeight) {
    weights.push(weight);
  }
  return weights;
}

/** Where a phase has got to, beyond the weights. */
const REACHED: Record<string, number> = {
  WaitingPromotion: 0,
  Promoting: 1,
  Finalising: 2,
  Succeeded: 2,
  Initialized: 2,
};

function matchTitle(analysis: Analysis): string {
  const names = (analysis.match ?? []).flatMap(({ headers }) =>
    Object.entries(headers ?? {}).map(
      ([name, match]) => `${name}: ${Object.values(match)[0] ?? ''}`,
    ),
  );
  return names.join(' or ');
}

/** A Flagger analysis as the steps of all engines, with the current one marked. */
export function readFlaggerSteps({ spec, status }: CanaryObject): CanaryStep[] {
  const { analysis } = spec;
  const durationSeconds = readDuration(analysis.interval);
  const drafts: Omit<CanaryStep, 'index' | 'state'>[] = [];
  if (analysis.iterations) {
    const title = matchTitle(analysis);
    if (title) {
      drafts.push({ kind: 'header', title });
    }
    drafts.push({
      kind: 'analysis',
      title: `${analysis.iterations} checks`,
      durationSeconds: (durationSeconds ?? 60) * analysis.iterations,
      note: `${status.iterations ?? 0} of ${analysis.iterations} passed`,
    });
  } else {
    if (analysis.mirror) {
      drafts.push({
        kind: 'mirror',
        title: `mirror ${analysis.mirrorWeight ?? 100} %`,
        durationSeconds,
      });
    }
    for (const weight of flaggerWeights(analysis)) {
      drafts.push({
        kind: 'weight',
        title: `${weight} %`,
        weight,
        durationSeconds,
      });
    }
  }
  const trials = drafts.length;
  const gate = analysis.webhooks?.find(
    ({ type }) => type === 'confirm-promotion',
  );
  if (gate) {
    drafts.push({ kind: 'gate', title: 'approval', note: gate.name });
  }
  drafts.push({ kind: 'promotion', title: 'promotion', weight: 100 });

  const reached = REACHED[status.phase ?? ''];
  const afterGate = trials + (gate ? 1 : 0);
  let current: number;
  if (reached === undefined) {
    current = trialOf(drafts.slice(0, trials), status.canaryWeight ?? 0);
  } else {
    current = reached === 0 ? trials : afterGate + reached - 1;
  }
  return drafts.map((draft, index) => ({
    index,
    ...draft,
    state: stateOf(index, current),
  }));
}

function stateOf(index: number, current: number): CanaryStep['state'] {
  if (index < current) {
    return 'done';
  }
  return index === current ? 'current' : 'next';
}

function trialOf(
  trials: readonly Pick<CanaryStep, 'weight' | 'kind'>[],
  weight: number,
): number {
  const at = trials.findIndex(
    step => step.weight !== undefined && step.weight >= weight,
  );
  if (at >= 0 && weight > 0) {
    return at;
  }
  return weight > 0 ? trials.length - 1 : 0;
}
