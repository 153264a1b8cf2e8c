import type { KubernetesObject } from '../../kubernetes/store';
import { serviceHost } from '../live/config';
import {
  asDuration,
  asNumber,
  asRecord,
  asRecords,
  asString,
  type JsonRecord,
} from '../read';
import { gatewayRouteMatches, type RoutedRequest } from './match';
import { DEFAULT_RETRIES, type MirrorTarget, type RouteRule } from './rule';

function backendHost(reference: JsonRecord, namespace: string): string {
  return serviceHost(
    asString(reference.namespace) ?? namespace,
    asString(reference.name) ?? '',
  );
}

function mirrorShare(mirror: JsonRecord): number {
  const fraction = asRecord(mirror.fraction);
  const numerator = asNumber(fraction.numerator);
  if (numerator !== undefined) {
    return numerator / (asNumber(fraction.denominator) ?? 100);
  }
  return (asNumber(mirror.percent) ?? 100) / 100;
}

function mirrorsOf(rule: JsonRecord, namespace: string): MirrorTarget[] {
  return asRecords(rule.filters)
    .filter(filter => filter.type === 'RequestMirror')
    .map(filter => {
      const mirror = asRecord(filter.requestMirror);
      return {
        host: backendHost(asRecord(mirror.backendRef), namespace),
        share: mirrorShare(mirror),
      };
    });
}

/** The first rule of an HTTPRoute or GRPCRoute that covers a request; weights count per Service and default to 1. */
export function gatewayRouteRule(
  object: KubernetesObject,
  request: RoutedRequest,
): RouteRule | undefined {
  const namespace = object.metadata.namespace ?? 'default';
  const rule = asRecords(object.spec?.rules).find(entry => {
    const matches = asRecords(entry.matches);
    return (
      matches.length === 0 ||
      matches.some(match => gatewayRouteMatches(match, request))
    );
  });
  if (!rule) return undefined;
  const backends = asRecords(rule.backendRefs).map(reference => ({
    host: backendHost(reference, namespace),
    weight: asNumber(reference.weight) ?? 1,
  }));
  const total = backends.reduce((sum, backend) => sum + backend.weight, 0);
  const redirect = asRecords(rule.filters).find(
    filter => filter.type === 'RequestRedirect',
  );
  const timeout = asDuration(asRecord(rule.timeouts).request);
  return {
    targets: backends
      .filter(backend => backend.weight > 0)
      .map(({ host, weight }) => ({ host, share: weight / total })),
    ...(timeout ? { timeoutMilliseconds: timeout } : {}),
    retries: DEFAULT_RETRIES,
    mirrors: mirrorsOf(rule, namespace),
    ...(redirect
      ? {
          answer:
            asNumber(asRecord(redirect.requestRedirect).statusCode) ?? 302,
        }
      : {}),
  };
}
