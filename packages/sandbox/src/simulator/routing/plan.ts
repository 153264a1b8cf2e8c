import type { KubernetesObject } from '../../kubernetes/store';
import type { Operation, Protocol } from '../../world/types';
import { hostMatches, serviceOfHost, type ConfigIndex } from '../live/config';
import type { LiveWorkload } from '../live/model';
import { asRecords, asString, asStrings, asTextMap } from '../read';
import { gatewayRouteRule } from './gatewayRoute';
import type { RoutedRequest } from './match';
import { plainRule, type RouteRule } from './rule';
import { virtualServiceRule, virtualServiceTcpRule } from './virtualService';
import { waypointName } from './waypointName';

const VIRTUAL_SERVICES = 'virtualservices.networking.istio.io';

/** Part of a call's traffic that one rule handles. */
export interface PlanPart {
  /** Share (0..1) of the call's requests. */
  share: number;
  /** Undefined when no route covers these requests. */
  rule: RouteRule | undefined;
  /** The operations in this part; their shares are of the whole call. */
  operations: readonly Operation[];
}

/** Whose traffic is routed, and how. */
export interface PlanRequest {
  source: LiveWorkload | undefined;
  /** Qualified host. */
  host: string;
  protocol: Protocol;
  port?: number;
  operations: readonly Operation[];
}

const isVisible = (object: KubernetesObject, namespace: string) => {
  const exportTo = asStrings(object.spec?.exportTo);
  return (
    exportTo.length === 0 ||
    exportTo.includes('*') ||
    exportTo.includes(namespace) ||
    (exportTo.includes('.') && object.metadata.namespace === namespace)
  );
};

function forMesh(object: KubernetesObject): boolean {
  const gateways = asStrings(object.spec?.gateways);
  return gateways.length === 0 || gateways.includes('mesh');
}

/** Whether a gateway that an object of a namespace names selects this workload and serves this host. */
export function servesHost(
  config: ConfigIndex,
  reference: string,
  from: string,
  gateway: LiveWorkload,
  host: string,
): boolean {
  const [namespace, name] = reference.includes('/')
    ? reference.split('/')
    : [from, reference];
  const found = config.get('gateways.networking.istio.io', namespace, name);
  if (!found) return false;
  const selector = Object.entries(asTextMap(found.spec?.selector));
  return (
    selector.every(([key, value]) => gateway.labels[key] === value) &&
    asRecords(found.spec?.servers).some(server =>
      asStrings(server.hosts).some(pattern =>
        hostMatches(pattern.replace(/^.*\//, ''), host),
      ),
    )
  );
}

/** Routes of the Gateway API bound to a Gateway (not to a Service) that name this host. */
function gatewayApiRoutes(config: ConfigIndex, host: string) {
  return [...config.all('httproutes.gateway.networking.k8s.io')].filter(
    route =>
      asRecords(route.spec?.parentRefs).some(
        parent => (asString(parent.kind) ?? 'Gateway') === 'Gateway',
      ) &&
      asStrings(route.spec?.hostnames).some(pattern =>
        hostMatches(pattern, host),
      ),
  );
}

/** Whether a proxy that reads requests is on the way: layer 4 proxies and pods without one know nothing of routes. */
function isRouted(
  config: ConfigIndex,
  source: LiveWorkload,
  host: string,
): boolean {
  switch (source.dataPlane) {
    case 'sidecar':
    case 'gateway':
      return true;
    case 'ambient': {
      const service = serviceOfHost(host);
      return (
        service !== undefined && waypointName(config, service) !== undefined
      );
    }
    default:
      return false;
  }
}

type Table = (request: RoutedRequest) => RouteRule | undefined;

function table(
  config: ConfigIndex,
  { source, host, protocol }: PlanRequest,
): Table | undefined {
  if (!source || !isRouted(config, source, host)) return undefined;
  const services = config.forHost(VIRTUAL_SERVICES, host);
  if (source.dataPlane === 'gateway') {
    const at = (object: KubernetesObject) => (reference: string) =>
      servesHost(
        config,
        reference,
        object.metadata.namespace ?? 'default',
        source,
        host,
      );
    const bound = services.filter(object =>
      asStrings(object.spec?.gateways).some(at(object)),
    );
    const routes = gatewayApiRoutes(config, host);
    return request => {
      for (const object of bound) {
        const rule = virtualServiceRule(object, {
          ...request,
          isAt: at(object),
        });
        if (rule) return rule;
      }
      for (const route of routes) {
        const rule = gatewayRouteRule(route, request);
        if (rule) return rule;
      }
      return undefined;
    };
  }
  const found = services.find(
    object => forMesh(object) && isVisible(object, source.namespace),
  );
  if (protocol === 'tcp') {
    return found && asRecords(found.spec?.tcp).length > 0
      ? request => virtualServiceTcpRule(found, request)
      : undefined;
  }
  if (found && asRecords(found.spec?.http).length > 0) {
    return request => virtualServiceRule(found, request);
  }
  const route =
    config.forHost('httproutes.gateway.networking.k8s.io', host)[0] ??
    config.forHost('grpcroutes.gateway.networking.k8s.io', host)[0];
  return route && (request => gatewayRouteRule(route, request));
}

/**
 * Splits a call's traffic by the rule that handles it. Services without
 * configuration get one part with the plain rule.
 */
export function planCall(
  config: ConfigIndex,
  request: PlanRequest,
): PlanPart[] {
  const { source, host, operations } = request;
  const lookUp = table(config, request);
  if (!lookUp) return [{ share: 1, rule: plainRule(host), operations }];
  const parts = new Map<string, PlanPart>();
  for (const operation of operations) {
    const rule = lookUp({
      operation,
      host,
      sourceLabels: source?.labels ?? {},
      sourceNamespace: source?.namespace ?? '',
      port: request.port,
      isAt: gateway => gateway === 'mesh',
    });
    // Equal rules are one part: they have the same effect on every request.
    const key = JSON.stringify(rule, (_, value) =>
      value instanceof Set ? [...value] : value,
    );
    const part = parts.get(key ?? '');
    parts.set(key ?? '', {
      rule: part?.rule ?? rule,
      share: (part?.share ?? 0) + operation.share,
      operations: [...(part?.operations ?? []), operation],
    });
  }
  return [...parts.values()];
}

/** How a ServiceEntry declares a host: the namespace of the oldest that does, and the host or wildcard it names. */
export function declarationOf(
  config: ConfigIndex,
  host: string,
): { namespace: string; host: string } | undefined {
  const [entry] = config.forHost('serviceentries.networking.istio.io', host);
  if (!entry) return undefined;
  const hosts = asStrings(entry.spec?.hosts);
  return {
    namespace: entry.metadata.namespace ?? 'default',
    host: hosts.includes(host)
      ? host
      : hosts.find(pattern => hostMatches(pattern, host)) ?? host,
  };
}
