import type { RouteRule } from '../routing/rule';
import { constantDuration } from '../traffic/duration';
import type { Counted, SettledRequest } from './attempts';
import { isFailure } from './outcome';

const flagged = (flags: string, flag: string) =>
  flags === '-' ? flag : `${flag},${flags}`;

function scale(list: readonly Counted[], factor: number): Counted[] {
  return list.map(counted => ({ ...counted, share: counted.share * factor }));
}

/**
 * What the caller's proxy does before a request leaves: refuses it when too
 * many are in flight, aborts or delays the share that fault injection asks for.
 * Delays come before the route's timeout starts to run.
 */
export function withFaults(
  settled: SettledRequest,
  rule: Pick<RouteRule, 'abort' | 'delay'>,
  overflow: number,
  grpc: boolean,
): SettledRequest {
  const aborted = rule.abort?.share ?? 0;
  const slow = rule.delay?.share ?? 0;
  if (aborted === 0 && slow === 0 && overflow === 0) return settled;
  const sent = (1 - aborted) * (1 - overflow);
  const client: Counted[] = scale(settled.client, sent * (1 - slow));
  if (rule.delay && slow > 0) {
    const { milliseconds } = rule.delay;
    for (const counted of settled.client) {
      client.push({
        ...counted,
        share: counted.share * sent * slow,
        flags: flagged(counted.flags, 'DI'),
        duration: counted.duration.delayed(milliseconds),
      });
    }
  }
  if (rule.abort && aborted > 0) {
    const { code, grpcStatus } = rule.abort;
    client.push({
      code,
      ...(grpcStatus === undefined && !grpc
        ? {}
        : { grpcStatus: grpcStatus ?? 14 }),
      flags: 'FI',
      share: aborted,
      target: -1,
      duration: constantDuration(0.2),
    });
  }
  if (overflow > 0) {
    client.push({
      code: grpc ? 200 : 503,
      ...(grpc ? { grpcStatus: 14 } : {}),
      flags: 'UO',
      share: (1 - aborted) * overflow,
      target: -1,
      duration: constantDuration(0.2),
    });
  }
  const kept = client.filter(counted => counted.share > 0);
  return {
    client: kept,
    server: scale(settled.server, sent),
    arrivals: settled.arrivals.map(share => share * sent),
    failures: settled.failures,
    failureShare: kept.reduce(
      (sum, counted) => sum + (isFailure(counted) ? counted.share : 0),
      0,
    ),
    moments: {
      mean: kept.reduce(
        (sum, counted) => sum + counted.share * counted.duration.mean,
        0,
      ),
      variance:
        settled.moments.variance +
        slow * (1 - slow) * (rule.delay?.milliseconds ?? 0) ** 2,
    },
  };
}
