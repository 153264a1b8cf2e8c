import {
  constantDuration,
  logNormalDuration,
  shareWithin,
  type Duration,
  type Moments,
} from '../traffic/duration';
import type { RouteRule } from '../routing/rule';
import { isFailure, isRetriable, type Outcome } from './outcome';

/** Part of a cluster that one workload's endpoints are. */
export interface AttemptTarget {
  /** Share of the attempts that go there; shares of a cluster add up to 1. */
  share: number;
  /** Share of attempts that find nobody listening. */
  connectFailure: number;
  /** What the workload answers, shares adding up to 1. */
  outcomes: readonly Outcome[];
  /** Time the workload needs. */
  moments: Moments;
}

/** A counted response, per request that the caller made. */
export interface Counted extends Outcome {
  /** Index of the target; -1 when no endpoint was chosen. */
  target: number;
  duration: Duration;
}

/** What becomes of one request after retries and timeouts. */
export interface SettledRequest {
  /** As the caller's proxy counts: one response per request. */
  client: Counted[];
  /** As the callee's proxies count: one per attempt that arrived. */
  server: Counted[];
  /** Attempts per request that reached each target. */
  arrivals: number[];
  /** Share of attempts at each target that failed for its caller's proxy. */
  failures: number[];
  failureShare: number;
  moments: Moments;
}

/** Time between two proxies on one network, both ways. */
const NETWORK: Moments = { mean: 0.6, variance: 0.05 };

const withFlag = (flags: string, flag: string) =>
  flags === '-' ? flag : `${flags},${flag}`;

/** Scales outcomes so that `share` of them time out. */
function attemptOutcomes(
  target: AttemptTarget,
  timedOut: number,
): { outcome: Outcome; arrived: boolean }[] {
  const arrived = 1 - target.connectFailure;
  const list = target.outcomes.map(outcome => ({
    outcome: { ...outcome, share: outcome.share * arrived * (1 - timedOut) },
    arrived: true,
  }));
  if (target.connectFailure > 0) {
    list.push({
      outcome: { code: 503, flags: 'UF', share: target.connectFailure },
      arrived: false,
    });
  }
  if (timedOut * arrived > 1e-6) {
    list.push({
      outcome: { code: 504, flags: 'UT', share: timedOut * arrived },
      arrived: true,
    });
  }
  return list.filter(entry => entry.outcome.share > 0);
}

/**
 * Expected result of a request to one cluster. Attempts are independent and
 * retries choose among the same endpoints, so with a share p of retriable
 * failures and n retries a request makes 1 + p + ... + p^n attempts and still
 * fails in p^(n+1) of all cases.
 */
export function settleRequest(
  targets: readonly AttemptTarget[],
  rule: Pick<RouteRule, 'retries' | 'timeoutMilliseconds'>,
  grpc: boolean,
): SettledRequest {
  const {
    attempts: retries,
    perTryTimeoutMilliseconds,
    retryOn,
  } = rule.retries;
  const timeout = rule.timeoutMilliseconds ?? Infinity;
  const perTry = Math.min(perTryTimeoutMilliseconds ?? Infinity, timeout);
  const tries = targets.map(target => {
    const slow = 1 - shareWithin(target.moments, perTry);
    return { timedOut: slow, list: attemptOutcomes(target, slow) };
  });
  let retriable = 0;
  targets.forEach((target, index) => {
    for (const { outcome } of tries[index].list) {
      if (isRetriable(outcome, retryOn))
        retriable += target.share * outcome.share;
    }
  });
  let attempts = 1;
  for (let retry = 1; retry <= retries; retry++) attempts += retriable ** retry;
  const last = retriable ** retries;
  // Retries that together outlast the whole request's timeout.
  const whole: Moments = {
    mean:
      targets.reduce((sum, t) => sum + t.share * t.moments.mean, 0) * attempts,
    variance:
      targets.reduce((sum, t) => sum + t.share * t.moments.variance, 0) *
      attempts,
  };
  const late =
    retries > 0 && attempts > 1.0001 && perTry < timeout
      ? 1 - shareWithin(whole, timeout)
      : 0;

  const client: Counted[] = [];
  const server: Counted[] = [];
  const arrivals: number[] = [];
  const failures: number[] = [];
  let failureShare = 0;
  let mean = 0;
  targets.forEach((target, index) => {
    const { list, timedOut } = tries[index];
    const seen: Moments = {
      mean: (target.moments.mean + NETWORK.mean) * attempts,
      variance: (target.moments.variance + NETWORK.variance) * attempts,
    };
    const duration = logNormalDuration(seen, timeout);
    const served = logNormalDuration(target.moments, perTry);
    arrivals.push(target.share * attempts * (1 - target.connectFailure));
    let failed = 0;
    for (const { outcome, arrived } of list) {
      const again = isRetriable(outcome, retryOn);
      if (isFailure(outcome)) failed += outcome.share;
      const share =
        target.share * outcome.share * (again ? last : attempts) * (1 - late);
      if (share > 0) {
        let taken = duration;
        if (outcome.flags === 'UT') taken = constantDuration(perTry);
        else if (!arrived) taken = constantDuration(2);
        const counted: Counted = {
          ...outcome,
          target: index,
          share,
          flags:
            again && retries > 0
              ? withFlag(outcome.flags, 'URX')
              : outcome.flags,
          duration: taken,
        };
        if (grpc && counted.grpcStatus === undefined) {
          counted.grpcStatus = outcome.flags === 'UT' ? 4 : 14;
          counted.code = 200;
        }
        client.push(counted);
        if (isFailure(counted)) failureShare += share;
        mean += share * taken.mean;
      }
      if (arrived && outcome.flags !== 'UT') {
        server.push({
          ...outcome,
          target: index,
          share: target.share * outcome.share * attempts,
          duration: served,
        });
      }
    }
    if (timedOut * (1 - target.connectFailure) > 1e-6) {
      // The callee's proxy only sees its caller hang up.
      server.push({
        code: 0,
        flags: 'DC',
        ...(grpc ? { grpcStatus: 1 } : {}),
        target: index,
        share: target.share * attempts * timedOut * (1 - target.connectFailure),
        duration: constantDuration(perTry),
      });
    }
    failures.push(failed);
  });
  if (late > 1e-6) {
    client.push({
      code: grpc ? 200 : 504,
      ...(grpc ? { grpcStatus: 4 } : {}),
      flags: 'UT',
      target: 0,
      share: late,
      duration: constantDuration(timeout),
    });
    failureShare += late;
    mean += late * timeout;
  }
  return {
    client,
    server,
    arrivals,
    failures,
    failureShare,
    moments: { mean, variance: whole.variance },
  };
}
