import type { SettledRequest } from './attempts';
import {
  answeredByProxy,
  nothingThere,
  settleInside,
  settleOutside,
  type AttemptRule,
  type Destination,
} from './destinations';
import { overGateway } from './egress';
import type { ServerResponse } from './server';
import type { Target } from './target';

/**
 * What becomes of a request to a target, before faults.
 * @param destinations - empty when none of the endpoints can be chosen
 * @param outside - how the host outside answers, if the target leads there
 */
export function settleTarget(
  target: Target,
  destinations: readonly Destination[],
  outside: ServerResponse | undefined,
  rule: AttemptRule,
  grpc: boolean,
): SettledRequest {
  switch (target.kind) {
    case 'missing':
      return nothingThere('NC');
    case 'blackhole':
      return answeredByProxy(502, grpc ? 14 : undefined);
    case 'external':
      return settleOutside(outside, rule, grpc);
    default:
      if (destinations.length === 0) return nothingThere('UH');
      return target.onward
        ? overGateway(target, settleOutside(outside, rule, grpc))
        : settleInside(destinations, rule, grpc);
  }
}
