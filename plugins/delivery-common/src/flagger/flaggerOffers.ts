import type { CanaryOffer, CanaryVerb } from '../canary/schema';
import type { FlaggerGateType } from './gates';
import type { FlaggerInput } from './readFlaggerCanary';

/**
 * The gate that an approval would open now: of the hooks that point to the
 * portal, the one that Flagger waits at.
 *
 * @public
 */
export function waitingGate({
  canary,
  gates,
}: Pick<FlaggerInput, 'canary' | 'gates'>): FlaggerGateType | undefined {
  const isClosed = (type: FlaggerGateType) =>
    gates.some(gate => gate.type === type && !gate.isOpen);
  switch (canary.status.phase) {
    case 'Waiting':
      return isClosed('confirm-rollout') ? 'confirm-rollout' : undefined;
    case 'WaitingPromotion':
      return isClosed('confirm-promotion') ? 'confirm-promotion' : undefined;
    case 'Progressing':
      return gates.some(
        ({ type, isOpen, askedAt }) =>
          type === 'confirm-traffic-increase' && !isOpen && askedAt,
      )
        ? 'confirm-traffic-increase'
        : undefined;
    default:
      return undefined;
  }
}

/**
 * What can be done to a Canary now. Flagger has no commands: gates are opened
 * by our hooks, the rest is its own spec (`suspend`, `skipAnalysis`) and the
 * template of its target, which starts anew when it is changed back.
 */
export function flaggerOffers(
  input: FlaggerInput,
  versions: { stable: string; canary: string; isTwo: boolean },
): CanaryOffer[] {
  const { spec } = input.canary;
  const { stable, canary, isTwo } = versions;
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
  const gate = waitingGate(input);
  if (gate) {
    const effect = {
      'confirm-rollout': `Approve: start the canary ${canary}`,
      'confirm-promotion': `Approve: promote ${canary}`,
      'confirm-traffic-increase': `Approve: send more to ${canary}`,
      rollback: '',
    }[gate];
    add('approve', effect, { isPrimary: true });
    add('reject', `Reject ${canary}: all traffic back to ${stable}`, {
      isDangerous: true,
    });
  }
  if (spec.suspend) {
    add('resume', 'Resume', { isPrimary: true });
  } else if (isTwo) {
    add('pause', 'Suspend');
  }
  if (isTwo) {
    if (!gate) {
      add('abort', `Abort: all traffic back to ${stable}`, {
        isDangerous: true,
      });
    }
    if (!spec.skipAnalysis) {
      add('promote-full', `Skip the analysis: promote ${canary}`, {
        isDangerous: true,
      });
    }
  }
  if (input.canary.status.phase === 'Failed') {
    add('retry', `Try ${canary} again`);
  }
  return offers;
}
