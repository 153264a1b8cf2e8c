import type { VectorSample } from '../types';

/**
 * Kiali's rate of an edge: a series counts unless one of the same source,
 * destination, code, flags and host has been counted
 * (kiali/kiali#7306).
 */
export function kialiRate(samples: readonly VectorSample[]): number {
  const seen = new Set<string>();
  let rate = 0;
  for (const { metric, value } of samples) {
    const key = JSON.stringify([
      metric.source_workload,
      metric.destination_workload,
      metric.response_code,
      metric.response_flags,
      metric.destination_service,
    ]);
    if (!seen.has(key)) {
      seen.add(key);
      rate += value;
    }
  }
  return rate;
}

/**
 * Kiali's share of mutual TLS: rates by policy are set, not added, so that
 * the last source of each policy is the only one, and the share of the last
 * source stays on the edge out of the service node.
 */
export function kialiMutualTls(samples: readonly VectorSample[]): number {
  let share = 0;
  for (const source of new Set(
    samples.map(({ metric }) => metric.source_workload),
  )) {
    const rates: Record<string, number> = {};
    for (const { metric, value } of samples) {
      if (metric.source_workload === source) {
        rates[metric.connection_security_policy] = value;
      }
    }
    const total = Object.values(rates).reduce((sum, rate) => sum + rate, 0);
    share = (rates.mutual_tls ?? 0) / total;
  }
  return share;
}

/** Kiali's merge of traffic maps: an edge that is there already is dropped. */
export function mergeDroppingRepeats(samples: readonly VectorSample[]): number {
  const edges = new Map<string, number>();
  for (const { metric, value } of samples) {
    const key = `${metric.source_workload}>${metric.destination_service_name}`;
    if (!edges.has(key)) {
      edges.set(key, value);
    }
  }
  return [...edges.values()].reduce((sum, rate) => sum + rate, 0);
}
