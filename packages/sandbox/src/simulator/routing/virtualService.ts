import type { KubernetesObject } from '../../kubernetes/store';
import { qualify } from '../live/config';
import {
  asDuration,
  asNumber,
  asRecord,
  asRecords,
  asString,
  isRecord,
  type JsonRecord,
} from '../read';
import { virtualServiceMatches, type RoutedRequest } from './match';
import {
  DEFAULT_RETRIES,
  type MirrorTarget,
  type RetryPolicy,
  type RouteRule,
  type RouteTarget,
} from './rule';

/** Share of a `percentage: {value}` or the older `percent`; 1 when neither is given. */
function percentage(value: unknown, older?: unknown): number {
  const percent =
    asNumber(asRecord(value).value) ??
    asNumber(value) ??
    asNumber(older) ??
    100;
  return Math.min(Math.max(percent / 100, 0), 1);
}

function retries(value: unknown): RetryPolicy {
  if (!isRecord(value)) return DEFAULT_RETRIES;
  const retryOn = asString(value.retryOn);
  return {
    attempts: Math.max(asNumber(value.attempts) ?? 2, 0),
    perTryTimeoutMilliseconds: asDuration(value.perTryTimeout),
    retryOn: retryOn
      ? new Set(retryOn.split(',').map(condition => condition.trim()))
      : DEFAULT_RETRIES.retryOn,
  };
}

/** Targets of a route list with their weights made to shares; a single target without weight gets everything. */
export function weightedTargets(
  routes: readonly JsonRecord[],
  namespace: string,
): RouteTarget[] {
  const targets = routes.map(route => {
    const destination = asRecord(route.destination);
    return {
      host: qualify(asString(destination.host) ?? '', namespace),
      subset: asString(destination.subset),
      weight: asNumber(route.weight) ?? (routes.length === 1 ? 100 : 0),
    };
  });
  const total = targets.reduce((sum, target) => sum + target.weight, 0);
  return targets
    .filter(target => target.weight > 0)
    .map(({ host, subset, weight }) => ({
      host,
      subset,
      share: weight / total,
    }));
}

function mirrors(http: JsonRecord, namespace: string): MirrorTarget[] {
  const one = (destination: JsonRecord, share: number): MirrorTarget => ({
    host: qualify(asString(destination.host) ?? '', namespace),
    subset: asString(destination.subset),
    share,
  });
  const several = asRecords(http.mirrors).map(mirror =>
    one(asRecord(mirror.destination), percentage(mirror.percentage)),
  );
  return isRecord(http.mirror)
    ? [
        one(http.mirror, percentage(http.mirrorPercentage, http.mirrorPercent)),
        ...several,
      ]
    : several;
}

function fault(http: JsonRecord): Pick<RouteRule, 'delay' | 'abort'> {
  const { delay, abort } = asRecord(http.fault);
  const result: Pick<RouteRule, 'delay' | 'abort'> = {};
  if (isRecord(delay)) {
    const milliseconds = asDuration(delay.fixedDelay);
    if (milliseconds) {
      result.delay = {
        share: percentage(delay.percentage, delay.percent),
        milliseconds,
      };
    }
  }
  if (isRecord(abort)) {
    const code = asNumber(abort.httpStatus);
    const status = asString(abort.grpcStatus);
    if (code !== undefined || status !== undefined) {
      result.abort = {
        share: percentage(abort.percentage, abort.percent),
        code: code ?? 200,
        ...(status === undefined ? {} : { grpcStatus: grpcNumber(status) }),
      };
    }
  }
  return result;
}

const GRPC_CODES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

function grpcNumber(status: string): number {
  const index = GRPC_CODES.indexOf(status);
  return index >= 0 ? index : Number(status) || 2;
}

/** The rule that a `http` entry of a VirtualService stands for. */
export function httpRule(http: JsonRecord, namespace: string): RouteRule {
  const direct = asNumber(asRecord(http.directResponse).status);
  const redirect = isRecord(http.redirect)
    ? asNumber(http.redirect.redirectCode) ?? 301
    : undefined;
  const timeout = asDuration(http.timeout);
  return {
    targets: weightedTargets(asRecords(http.route), namespace),
    ...(timeout ? { timeoutMilliseconds: timeout } : {}),
    retries: retries(http.retries),
    ...fault(http),
    mirrors: mirrors(http, namespace),
    ...(direct ?? redirect ? { answer: direct ?? redirect } : {}),
  };
}

/** First HTTP rule of a VirtualService that covers a request. */
export function virtualServiceRule(
  object: KubernetesObject,
  request: RoutedRequest,
): RouteRule | undefined {
  const namespace = object.metadata.namespace ?? 'default';
  const entry = asRecords(object.spec?.http).find(http => {
    const matches = asRecords(http.match);
    return (
      matches.length === 0 ||
      matches.some(match => virtualServiceMatches(match, request))
    );
  });
  return entry && httpRule(entry, namespace);
}

/** First TCP rule of a VirtualService; matches by source only, as the world's TCP services have one port each. */
export function virtualServiceTcpRule(
  object: KubernetesObject,
  request: RoutedRequest,
): RouteRule | undefined {
  const namespace = object.metadata.namespace ?? 'default';
  const entry = asRecords(object.spec?.tcp).find(tcp => {
    const matches = asRecords(tcp.match);
    return (
      matches.length === 0 ||
      matches.some(match => virtualServiceMatches(match, request))
    );
  });
  return entry && httpRule({ route: entry.route }, namespace);
}
