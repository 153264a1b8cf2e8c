import {
  CONSENT_ACTION,
  parseRef,
  type Activity,
  type ObjectRef,
} from '@orrery/backstage-plugin-orrery-common';

const HOUR_MILLISECONDS = 3_600_000;

/** Undefined for targets that are no refs. */
function refOf(text: string): ObjectRef | undefined {
  try {
    return parseRef(text);
  } catch {
    return undefined;
  }
}

/** True where the ref is the target, or the namespace or service that it is of. */
function contains(consented: string, target: string): boolean {
  if (consented === target) {
    return true;
  }
  const outer = refOf(consented);
  const inner = refOf(target);
  if (
    !outer ||
    !inner ||
    inner.type === 'namespace' ||
    outer.cluster !== inner.cluster ||
    outer.namespace !== inner.namespace
  ) {
    return false;
  }
  return (
    outer.type === 'namespace' ||
    (outer.type === 'service' && outer.name === inner.name)
  );
}

/**
 * Who consented to a write as a part of something larger.
 *
 * @param activity - the row that the request names
 * @returns entity ref of the second person; undefined where this row is no
 *   consent to it
 */
export function consentedBy(
  activity: Activity,
  wanted: { actor: string; target: string; expiryHours: number; now: Date },
): string | undefined {
  const { approval } = activity;
  if (
    activity.action !== CONSENT_ACTION.action ||
    approval?.plugin !== CONSENT_ACTION.plugin ||
    activity.state !== 'succeeded' ||
    approval.decision !== 'approved' ||
    approval.decidedBy === undefined ||
    approval.decidedAt === undefined
  ) {
    return undefined;
  }
  const isTheirs =
    activity.actor === wanted.actor && approval.requestedBy === wanted.actor;
  const isOfTwo = approval.decidedBy !== activity.actor;
  const age = wanted.now.getTime() - Date.parse(approval.decidedAt);
  const isFresh = age <= wanted.expiryHours * HOUR_MILLISECONDS;
  return isTheirs &&
    isOfTwo &&
    isFresh &&
    contains(activity.target, wanted.target)
    ? approval.decidedBy
    : undefined;
}
