import type { OutlierDetection } from '../routing/destinationRule';

/** What outlier detection sees of one workload's endpoints from all calling proxies. */
export interface EjectionInput {
  /** Attempts per second from one proxy to one endpoint. */
  requestsPerSecond: number;
  /** Share of them that count as errors. */
  failureShare: number;
  /** Endpoints of the workload. */
  endpoints: number;
  /** Endpoints of the whole service or subset, of which a part may be ejected. */
  clusterEndpoints: number;
}

/**
 * Advances the expected share (0..1) of a workload's endpoints that callers
 * have ejected. A run of n errors with probability f each takes
 * (1 - f^n) / ((1 - f) f^n) attempts on average (n when f is 1); an ejected
 * endpoint comes back after the base ejection time.
 */
export function advanceEjection(
  ejected: number,
  detection: OutlierDetection,
  input: EjectionInput,
  seconds: number,
): number {
  const { requestsPerSecond, failureShare, endpoints, clusterEndpoints } =
    input;
  const run = failureShare ** detection.consecutiveErrors;
  let perSecond = 0;
  if (run > 1e-12) {
    const expected =
      failureShare >= 1
        ? detection.consecutiveErrors
        : (1 - run) / ((1 - failureShare) * run);
    perSecond = requestsPerSecond / expected;
  }
  const next =
    ejected +
    ((1 - ejected) * perSecond - ejected / detection.baseEjectionSeconds) *
      seconds;
  // One endpoint may always go, however small the percentage.
  const most = Math.max(detection.maximumEjected * clusterEndpoints, 1);
  return Math.min(Math.max(next, 0), most / Math.max(endpoints, 1), 1);
}
