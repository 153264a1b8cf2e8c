import type { CanaryVerb } from '../canary/schema';
import { isSettled } from './readSteps';
import type { Rollout } from './schema';

/** A merge patch of a Rollout, of its status where permission differs. @public */
export type RolloutPatch = { subresource?: 'status'; patch: object };

/**
 * The patches that Argo's own command line sends for its commands (read in
 * its sources: `promote`, `abort`, `retry`, `pause`, `restart`). Several are sent in
 * this order.
 *
 * @returns undefined for verbs that are no patch of the Rollout itself
 * @public
 */
export function rolloutPatches(
  verb: CanaryVerb,
  rollout: Rollout,
  now: string,
): RolloutPatch[] | undefined {
  const { status, spec } = rollout;
  switch (verb) {
    case 'promote':
    case 'approve':
      return promotePatches(rollout);
    case 'skip-step':
      return [
        {
          subresource: 'status',
          patch: {
            status: {
              pauseConditions: null,
              currentStepIndex: (status.currentStepIndex ?? 0) + 1,
            },
          },
        },
      ];
    case 'promote-full':
      return isSettled(rollout)
        ? undefined
        : [{ subresource: 'status', patch: { status: { promoteFull: true } } }];
    case 'abort':
    case 'reject':
      return [{ subresource: 'status', patch: { status: { abort: true } } }];
    case 'retry':
      return [{ subresource: 'status', patch: { status: { abort: false } } }];
    case 'pause':
      return [{ patch: { spec: { paused: true } } }];
    case 'resume':
      return [...(spec.paused ? [{ patch: { spec: { paused: false } } }] : [])];
    case 'restart':
      return [{ patch: { spec: { restartAt: now } } }];
    default:
      return undefined;
  }
}

/**
 * Promotion ends a pause; in the middle of an analysis or an experiment it
 * goes to the next step, and what an inconclusive analysis stopped goes on.
 */
function promotePatches({ status, spec }: Rollout): RolloutPatch[] {
  const step = spec.strategy.canary?.steps?.[status.currentStepIndex ?? 0];
  const isInconclusive = status.pauseConditions?.some(
    ({ reason }) => reason === 'InconclusiveAnalysisRun',
  );
  const isPaused = (status.pauseConditions ?? []).length > 0;
  const isInStep = !isPaused || isInconclusive;
  return [
    ...(spec.paused ? [{ patch: { spec: { paused: false } } }] : []),
    {
      subresource: 'status' as const,
      patch: {
        status: {
          pauseConditions: null,
          ...(isInconclusive && { controllerPause: false }),
          ...(isInStep &&
            step && { currentStepIndex: (status.currentStepIndex ?? 0) + 1 }),
        },
      },
    },
  ];
}
