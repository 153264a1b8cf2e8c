import {
  constantDuration,
  logNormalDuration,
  shareWithin,
  type Moments,
} from '../traffic/duration';
import type { RouteRule } from '../routing/rule';
import { isFailure, isRetriable, type Outcome } from './outcome';
import type { AttemptTarget, Counted, SettledRequest } from './settled';

export type { AttemptTarget, Counted, SettledRequest } from './settled';

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
  // Only a timeout of a single attempt leaves time for another one.
  const retried = (outcome: Outcome) =>
    isRetriable(outcome, retryOn) &&
    (outcome.flags !== 'UT' || perTry < timeout);
  let retriable = 0;
  targets.forEach((target, index) => {
    for (const { outcome } of tries[index].list) {
      if (retried(outcome)) retriable += target.share * outcome.share;
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
      const again = retried(outcome);
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
