import {
  isFailure,
  type JudgedSide,
  type SidesQuery,
} from '@orrery/backstage-plugin-delivery-common';
import type { PrometheusSample } from '@orrery/backstage-plugin-orrery-node';

/** Both versions, as far as they are known. */
export type Sides<T> = { stable: T; canary: T };

/** Which side a series belongs to. */
export function sideOf(
  labels: Readonly<Record<string, string>>,
  { stable, canary }: SidesQuery,
): keyof Sides<unknown> | undefined {
  const isOf = (side: SidesQuery['stable']) =>
    labels.destination_workload === side.workload &&
    (side.version === undefined || labels.destination_version === side.version);
  if (isOf(canary)) {
    return 'canary';
  }
  return isOf(stable) ? 'stable' : undefined;
}

/** Requests and failures by side. No series means no requests, once the query was answered. */
export function readRequests(
  samples: readonly PrometheusSample[],
  sides: SidesQuery,
): Sides<{ requests: number; failures: number }> {
  const counts = {
    stable: { requests: 0, failures: 0 },
    canary: { requests: 0, failures: 0 },
  };
  for (const { metric, value } of samples) {
    const side = sideOf(metric, sides);
    if (side && Number.isFinite(value)) {
      counts[side].requests += value;
      counts[side].failures += isFailure(metric) ? value : 0;
    }
  }
  return counts;
}

/** Cumulative latency buckets by side, bounds ascending. */
export function readBuckets(
  samples: readonly PrometheusSample[],
  sides: SidesQuery,
): Sides<NonNullable<JudgedSide['latency']>> {
  const buckets = {
    stable: new Map<number, number>(),
    canary: new Map<number, number>(),
  };
  for (const { metric, value } of samples) {
    const side = sideOf(metric, sides);
    const bound = metric.le === '+Inf' ? Infinity : Number(metric.le);
    if (side && !Number.isNaN(bound) && Number.isFinite(value)) {
      const of = buckets[side];
      of.set(bound, (of.get(bound) ?? 0) + value);
    }
  }
  const sorted = (of: Map<number, number>) =>
    [...of]
      .sort(([left], [right]) => left - right)
      .map(([le, count]) => ({ le, count }));
  return { stable: sorted(buckets.stable), canary: sorted(buckets.canary) };
}

/**
 * Quantile by linear interpolation inside a bucket, as Prometheus has it
 * (https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile).
 *
 * @param quantile - 0..1
 * @returns undefined without observations
 */
export function quantileOf(
  quantile: number,
  buckets: NonNullable<JudgedSide['latency']>,
): number | undefined {
  const total = buckets.at(-1)?.count ?? 0;
  if (!(total > 0)) {
    return undefined;
  }
  const rank = quantile * total;
  let lower = 0;
  let below = 0;
  for (const { le, count } of buckets) {
    if (count >= rank && count > below) {
      return le === Infinity
        ? lower || undefined
        : lower + (le - lower) * ((rank - below) / (count - below));
    }
    if (le !== Infinity) {
      lower = le;
    }
    below = Math.max(below, count);
  }
  return lower || undefined;
}
