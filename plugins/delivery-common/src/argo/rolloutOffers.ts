import type { CanaryOffer, CanaryVerb } from '../canary/schema';
import { isSettled, readStep } from './readSteps';
import type { Rollout } from './schema';

/** What the next step does, in words for a button. */
function nextEffect(rollout: Rollout, canary: string): string {
  const steps = rollout.spec.strategy.canary?.steps ?? [];
  const next = steps[(rollout.status.currentStepIndex ?? 0) + 1];
  if (rollout.spec.strategy.blueGreen) {
    return `Switch all traffic to ${canary}`;
  }
  if (!next) {
    return `Promote ${canary}`;
  }
  const { weight, title } = readStep(next);
  return weight === undefined
    ? `Go on: ${title}`
    : `Send ${weight} % to ${canary}`;
}

/**
 * What can be done to a Rollout now. The rules are those of Argo's own
 * commands: a full promotion only while two versions run, a retry only after
 * an abort, a step can only be skipped where there are steps.
 */
export function rolloutOffers(
  rollout: Rollout,
  versions: { stable: string; canary?: string },
): CanaryOffer[] {
  const { status, spec } = rollout;
  const offers: CanaryOffer[] = [];
  const add = (
    verb: CanaryVerb,
    effect: string,
    more: Partial<CanaryOffer> = {},
  ) =>
    offers.push({
      verb,
      effect,
      isDangerous: false,
      isPrimary: false,
      ...more,
    });
  const { stable, canary } = versions;
  const isTwo = !isSettled(rollout) && canary !== undefined;
  if (isTwo && status.abort) {
    add('retry', `Try ${canary} again`, { isPrimary: true });
    add('undo', `Give up ${canary}: back to ${stable}`);
    return offers;
  }
  if (spec.paused) {
    add('resume', 'Resume', { isPrimary: true });
  }
  if (isTwo) {
    const isWaiting = (status.pauseConditions ?? []).length > 0;
    const hasSteps = (spec.strategy.canary?.steps ?? []).length > 0;
    if (isWaiting || !hasSteps) {
      add('promote', nextEffect(rollout, canary), { isPrimary: isWaiting });
    } else {
      add('skip-step', `Cut this step short: ${nextEffect(rollout, canary)}`);
    }
    add('abort', `Abort: all traffic back to ${stable}`, { isDangerous: true });
    if (!spec.paused) {
      add('pause', 'Pause');
    }
    if (hasSteps) {
      add('promote-full', `Send 100 % to ${canary} now`, { isDangerous: true });
    }
    add('undo', `Roll back the template to ${stable}`);
  } else {
    add('restart', `Restart the pods of ${stable}`);
  }
  return offers;
}
