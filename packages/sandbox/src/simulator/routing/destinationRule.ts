import type { KubernetesObject } from '../../kubernetes/store';
import type { ConfigIndex } from '../live/config';
import {
  asDuration,
  asNumber,
  asRecord,
  asRecords,
  asString,
  asTextMap,
  isRecord,
  type JsonRecord,
} from '../read';

export interface OutlierDetection {
  consecutiveErrors: number;
  /** Only 502, 503, 504 and connection failures count. */
  gatewayErrorsOnly: boolean;
  intervalSeconds: number;
  baseEjectionSeconds: number;
  /** Share (0..1) of a service's endpoints that may be ejected at a time. */
  maximumEjected: number;
}

/** What DestinationRules say about one service or subset for one caller. */
export interface TrafficPolicy {
  /** Requests in flight (or queued) per calling proxy. */
  maximumRequests?: number;
  outlierDetection?: OutlierDetection;
  /** `DISABLE`, `SIMPLE`, `ISTIO_MUTUAL`...; undefined leaves it to Istio. */
  tlsMode?: string;
}

/** A subset as its labels, or `missing` when no rule defines it. */
export type Subset = Readonly<Record<string, string>> | 'missing' | undefined;

function outlier(value: unknown): OutlierDetection | undefined {
  if (!isRecord(value)) return undefined;
  const gateway = asNumber(value.consecutiveGatewayErrors);
  const server =
    asNumber(value.consecutive5xxErrors) ?? asNumber(value.consecutiveErrors);
  const gatewayErrorsOnly = server === undefined && gateway !== undefined;
  const consecutiveErrors = gatewayErrorsOnly ? gateway : server ?? 5;
  // Zero turns the check off.
  if (consecutiveErrors <= 0) return undefined;
  return {
    consecutiveErrors,
    gatewayErrorsOnly,
    intervalSeconds: (asDuration(value.interval) ?? 10_000) / 1000,
    baseEjectionSeconds: (asDuration(value.baseEjectionTime) ?? 30_000) / 1000,
    maximumEjected: (asNumber(value.maxEjectionPercent) ?? 10) / 100,
  };
}

function maximumRequests(pool: JsonRecord): number | undefined {
  const http = asRecord(pool.http);
  const second = asNumber(http.http2MaxRequests);
  const pending = asNumber(http.http1MaxPendingRequests);
  const connections = asNumber(asRecord(pool.tcp).maxConnections);
  const first =
    connections === undefined ? undefined : connections + (pending ?? 1024);
  if (first === undefined) return second;
  return second === undefined ? first : Math.min(first, second);
}

function merge(base: JsonRecord, over: JsonRecord): JsonRecord {
  return { ...base, ...over };
}

/** Rules that apply to a host for callers of a namespace: the caller's own, else the service's, else the root namespace's. */
export function destinationRules(
  config: ConfigIndex,
  host: string,
  sourceNamespace: string,
): KubernetesObject[] {
  const rules = config.forHost('destinationrules.networking.istio.io', host);
  const serviceNamespace = host.split('.')[1];
  for (const namespace of [sourceNamespace, serviceNamespace, 'istio-system']) {
    const own = rules.filter(rule => rule.metadata.namespace === namespace);
    if (own.length > 0) return own;
  }
  // A ServiceEntry's host has no namespace in its name.
  return rules;
}

/** Labels of a subset. */
export function findSubset(
  rules: readonly KubernetesObject[],
  name: string | undefined,
): Subset {
  if (name === undefined) return undefined;
  for (const rule of rules) {
    const subset = asRecords(rule.spec?.subsets).find(
      entry => asString(entry.name) === name,
    );
    if (subset) return asTextMap(subset.labels);
  }
  return 'missing';
}

/** The traffic policy for a host or subset; a subset's own settings replace the host's. */
export function trafficPolicy(
  rules: readonly KubernetesObject[],
  subset: string | undefined,
): TrafficPolicy {
  let policy: JsonRecord = {};
  for (const rule of rules) {
    policy = merge(policy, asRecord(rule.spec?.trafficPolicy));
    const own = asRecords(rule.spec?.subsets).find(
      entry => subset !== undefined && asString(entry.name) === subset,
    );
    if (own) policy = merge(policy, asRecord(own.trafficPolicy));
  }
  return {
    maximumRequests: maximumRequests(asRecord(policy.connectionPool)),
    outlierDetection: outlier(policy.outlierDetection),
    tlsMode: asString(asRecord(policy.tls).mode),
  };
}
