import type {
  Canary,
  CanaryVerb,
} from '@orrery/backstage-plugin-delivery-common';
import type { ActionOutcome } from '@orrery/backstage-plugin-orrery-node';

const ENDS = ['Done', 'Aborted', 'Failed'];

/** Whether a canary has left the step or the wait that it was in. */
function hasMovedOn(before: Canary | undefined, now: Canary): boolean {
  return (
    before === undefined ||
    ENDS.includes(now.phase) ||
    now.stepIndex !== before.stepIndex ||
    (before.waitsFor !== undefined &&
      now.waitsFor?.for !== before.waitsFor.for) ||
    now.waitsFor?.since !== before.waitsFor?.since
  );
}

/**
 * Whether what was asked of a canary is seen by now.
 *
 * @param before - the canary when it was asked
 * @returns undefined while it is not clear yet
 */
export function outcomeOf(
  verb: CanaryVerb,
  before: Canary | undefined,
  now: Canary,
): ActionOutcome | undefined {
  const sentence = `${now.phase}: ${now.reason}`;
  const succeeded: ActionOutcome = { state: 'succeeded', message: sentence };
  const failed: ActionOutcome = { state: 'failed', message: sentence };
  switch (verb) {
    case 'abort':
    case 'reject':
      if (now.phase === 'Aborted' || (now.phase === 'Done' && !now.canary)) {
        return succeeded;
      }
      return now.phase === 'Failed' ? failed : undefined;
    case 'promote-full':
      if (now.phase === 'Done') {
        return succeeded;
      }
      return ENDS.includes(now.phase) ? failed : undefined;
    case 'pause':
      return now.phase === 'Paused' ? succeeded : undefined;
    case 'resume':
      return now.waitsFor?.for === 'person' ? undefined : succeeded;
    case 'set-weight':
      if (ENDS.includes(now.phase)) {
        return failed;
      }
      return now.weights.desired !== before?.weights.desired
        ? succeeded
        : undefined;
    case 'retry':
      return now.phase === 'Aborted' ? undefined : succeeded;
    case 'undo':
      return now.canary ? undefined : succeeded;
    case 'restart':
      return now.phase === 'Done' ? succeeded : undefined;
    default:
      if (now.phase === 'Failed' || now.phase === 'Aborted') {
        return failed;
      }
      return hasMovedOn(before, now) ? succeeded : undefined;
  }
}
