import type { CanaryVerdict } from '../canary/schema';
import type { MeasuredMetric } from './state';
import type { RouteTarget } from './target';

/** One of the two Deployments, as the API server showed it. @public */
export type WorkloadFacts = {
  exists: boolean;
  /** Image of the plan's container. */
  image?: string;
  desiredPods: number;
  readyPods: number;
  /** All pods are of the present template and available. */
  isRolledOut: boolean;
  /** What keeps pods from being ready, in words. */
  problem?: string;
  /** Waiting longer will not help: a crash loop, an image that is not there. */
  isHopeless: boolean;
};

/**
 * What was seen at one moment. A plan is only advanced on facts: where the
 * cluster could not be read, it stays where it is.
 *
 * @public
 */
export type PlanFacts = {
  now: string;
  stable: WorkloadFacts;
  canary: WorkloadFacts;
  /** What routes do with the service's requests; undefined: something else than any plan does. */
  routes: RouteTarget | undefined;
  /** A new look of the judge, when one was due. */
  verdict?: CanaryVerdict;
  /** What that look measured. */
  measured?: readonly MeasuredMetric[];
};

/** @public */
export function isSameRoutes(
  left: RouteTarget | undefined,
  right: RouteTarget,
): boolean {
  if (left === undefined || left === 'original' || right === 'original') {
    return left === right;
  }
  return (
    left.weight === right.weight &&
    left.mirrorPercent === right.mirrorPercent &&
    headerText(left.headers) === headerText(right.headers)
  );
}

function headerText(headers: Exclude<RouteTarget, 'original'>['headers']) {
  return JSON.stringify(
    Object.entries(headers)
      .map(([name, match]) => [name.toLocaleLowerCase('en-US'), match])
      .sort(([a], [b]) => String(a).localeCompare(String(b))),
  );
}
