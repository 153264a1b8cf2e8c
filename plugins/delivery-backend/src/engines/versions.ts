import { createHash } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type { Canary } from '@orrery/backstage-plugin-delivery-common';

/**
 * A version that changes when what people decide on changes, and not with
 * every number that a controller writes: otherwise nobody could press a
 * button between two writes of a status.
 */
export function decisionVersion(canary: Canary): string {
  const { ref, phase, stepIndex, canaryVersion, stableVersion } = canary;
  const facts = [
    ref,
    phase,
    stepIndex,
    canaryVersion,
    stableVersion,
    canary.waitsFor?.for,
    canary.weights.desired,
    canary.offers.map(({ verb }) => verb),
  ];
  return createHash('sha256')
    .update(JSON.stringify(facts))
    .digest('hex')
    .slice(0, 16);
}

/** @throws ConflictError where a canary is not as it was when it was looked at */
export function refuseChanged(canary: Canary, seen: string): void {
  if (decisionVersion(canary) !== seen) {
    throw new ConflictError(
      `The canary has gone on since you looked at it (${canary.phase}: ${canary.reason}): look again`,
    );
  }
}
