import { ordinaryBehaviour } from '../../world/defaults';
import type { Behaviour, ErrorMode, Protocol } from '../../world/types';
import type { LiveWorkload } from '../live/model';
import {
  addMoments,
  logNormalMoments,
  type Moments,
} from '../traffic/duration';
import type { BehaviourEffect, Effects } from './effects';
import { answer, type Outcome } from './outcome';
import { shedShare, slowdown } from './overflow';

/** How a workload answers at a moment. Replaced, never changed, when it answers differently. */
export interface ServerResponse {
  outcomes: readonly Outcome[];
  moments: Moments;
}

/** What a dependency contributes to an answer. */
export interface DependencyResult {
  perRequest: number;
  /** Share of the dependency's failures that fail the request. */
  failureShare: number;
  /** Share of calls that fail. */
  failing: number;
  moments: Moments;
}

function withEffects(
  behaviour: Behaviour,
  effects: readonly BehaviourEffect[],
): Behaviour {
  return effects.reduce(
    (changed, effect) => ({
      ...changed,
      latencyMilliseconds:
        changed.latencyMilliseconds * (effect.latencyFactor ?? 1),
      errors: [...changed.errors, ...(effect.errors ?? [])],
    }),
    behaviour,
  );
}

/**
 * Image tags that say what is wrong with them, for trying things out: deploy
 * `<app>:<anything>-broken` and a third of its answers are errors.
 */
const tagEffects: readonly [suffix: string, effect: BehaviourEffect][] = [
  [
    '-broken',
    { errors: [{ code: 500, share: 0.35, message: 'unhandled exception' }] },
  ],
  ['-slow', { latencyFactor: 8 }],
];

/** Behaviour of one image of a workload's app. */
export function behaviourOfTag(
  workload: LiveWorkload,
  tag: string | undefined,
  effects: Effects,
): Behaviour {
  const { app } = workload;
  const own = app?.behaviour ?? ordinaryBehaviour;
  const ofTag = tag === undefined ? undefined : app?.behaviourByTag?.[tag];
  const key = `${workload.namespace}/${workload.appName}`;
  return withEffects({ ...own, ...ofTag }, [
    ...tagEffects
      .filter(([suffix]) => tag?.endsWith(suffix))
      .map(([, effect]) => effect),
    ...effects.behaviour(key, `${key}@${workload.version}`),
  ]);
}

/** Behaviours by share of ready pods: a workload in the middle of a rollout runs two images. */
export function behaviourMix(
  workload: LiveWorkload,
  effects: Effects,
): { share: number; behaviour: Behaviour }[] {
  const counts = new Map<string | undefined, number>();
  let total = 0;
  for (const pod of workload.pods) {
    if (!pod.ready) continue;
    counts.set(pod.tag, (counts.get(pod.tag) ?? 0) + 1);
    total++;
  }
  if (total === 0) {
    const [pod] = workload.pods;
    return [
      { share: 1, behaviour: behaviourOfTag(workload, pod?.tag, effects) },
    ];
  }
  return [...counts].map(([tag, count]) => ({
    share: count / total,
    behaviour: behaviourOfTag(workload, tag, effects),
  }));
}

function addError(
  list: Map<number, number>,
  { code, share }: Pick<ErrorMode, 'code' | 'share'>,
): void {
  list.set(code, (list.get(code) ?? 0) + share);
}

/**
 * What a workload answers: its own errors first, then requests refused for
 * lack of capacity, then those that failed because a dependency did.
 */
export function respond(
  protocol: Protocol,
  mix: readonly { share: number; behaviour: Behaviour }[],
  utilisation: number,
  dependencies: readonly DependencyResult[],
): ServerResponse {
  const errors = new Map<number, number>();
  const moments: Moments = { mean: 0, variance: 0 };
  for (const { share, behaviour } of mix) {
    for (const error of behaviour.errors) {
      addError(errors, { code: error.code, share: error.share * share });
    }
    const own = logNormalMoments(
      behaviour.latencyMilliseconds,
      behaviour.latencySpread,
    );
    moments.mean += own.mean * share;
    moments.variance += own.variance * share;
  }
  const factor = slowdown(utilisation);
  let total: Moments = {
    mean: moments.mean * factor,
    variance: moments.variance * factor * factor,
  };
  let survives = 1;
  for (const dependency of dependencies) {
    total = addMoments(total, dependency.moments, dependency.perRequest);
    // Calls after the first fail together with it more often than not.
    const calls = Math.min(dependency.perRequest, 1);
    survives *= 1 - calls * dependency.failing * dependency.failureShare;
  }
  const own = Math.min(
    [...errors.values()].reduce((sum, share) => sum + share, 0),
    1,
  );
  const shed = shedShare(utilisation) * (1 - own);
  addError(errors, { code: 503, share: shed });
  addError(errors, { code: 500, share: (1 - own - shed) * (1 - survives) });
  const outcomes: Outcome[] = [];
  let failing = 0;
  for (const [code, share] of errors) {
    if (share < 1e-7) continue;
    const taken = Math.min(share, 1 - failing);
    failing += taken;
    outcomes.push(answer(protocol, code, taken));
  }
  if (failing < 1) outcomes.unshift(answer(protocol, 200, 1 - failing));
  return { outcomes, moments: total };
}

const near = (first: number, second: number, tolerance: number) =>
  Math.abs(first - second) <=
  tolerance * Math.max(Math.abs(first), Math.abs(second), 1e-9);

/** Whether two responses differ so little that nobody downstream would notice. */
export function sameResponse(
  first: ServerResponse,
  second: ServerResponse,
): boolean {
  return (
    first.outcomes.length === second.outcomes.length &&
    near(first.moments.mean, second.moments.mean, 0.01) &&
    near(first.moments.variance, second.moments.variance, 0.03) &&
    first.outcomes.every((outcome, index) => {
      const other = second.outcomes[index];
      return (
        outcome.code === other.code &&
        outcome.grpcStatus === other.grpcStatus &&
        near(outcome.share, other.share, 0.005)
      );
    })
  );
}
