import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { Activity } from '@orrery/backstage-plugin-orrery-common';
import { personOf } from './actorOf';
import type { ActionCaller } from './ActionRunner';

/** @throws ConflictError that says how it was decided */
export function refuseUnlessWaiting({
  state,
  approval,
  message,
}: Activity): void {
  if (state === 'waiting') {
    return;
  }
  throw new ConflictError(
    approval?.decision === 'approved'
      ? `This request was approved by ${approval.decidedBy} already`
      : `This request does not wait any more. ${message}`,
  );
}

/**
 * Two pairs of eyes belong to two people; a service has none.
 *
 * @returns entity ref of the second person
 * @throws NotAllowedError for anyone else
 */
export function refuseUnlessSecond(
  activity: Activity,
  { credentials }: ActionCaller,
  verb: string,
): string {
  const person = personOf(credentials);
  if (person === undefined) {
    throw new NotAllowedError(`Only a signed-in person may ${verb} a request`);
  }
  if (person === activity.actor) {
    throw new NotAllowedError(
      `Nobody may ${verb} a request of their own: it needs a second person`,
    );
  }
  return person;
}
