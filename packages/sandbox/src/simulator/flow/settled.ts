import type { Duration, Moments } from '../traffic/duration';
import type { Outcome } from './outcome';

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
