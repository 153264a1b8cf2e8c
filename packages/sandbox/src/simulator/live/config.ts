import type { KubernetesObject, ObjectChange } from '../../kubernetes/store';
import { asRecord, asRecords, asString, asStrings } from '../read';

/** Resources whose content decides where requests go. */
export const ROUTING_RESOURCES = [
  'services',
  'namespaces',
  'virtualservices.networking.istio.io',
  'destinationrules.networking.istio.io',
  'gateways.networking.istio.io',
  'serviceentries.networking.istio.io',
  'peerauthentications.security.istio.io',
  'authorizationpolicies.security.istio.io',
  'telemetries.telemetry.istio.io',
  'sidecars.networking.istio.io',
  'httproutes.gateway.networking.k8s.io',
  'grpcroutes.gateway.networking.k8s.io',
] as const;

export type RoutingResource = (typeof ROUTING_RESOURCES)[number];

const routing = new Set<string>(ROUTING_RESOURCES);

/** Host of a Service as the mesh knows it. */
export function serviceHost(namespace: string, name: string): string {
  return `${name}.${namespace}.svc.cluster.local`;
}

/** Namespace and name of a Service's qualified host. */
export function serviceOfHost(
  host: string,
): { namespace: string; name: string } | undefined {
  const parts = /^([^.]+)\.([^.]+)\.svc\.cluster\.local$/.exec(host);
  return parts ? { name: parts[1], namespace: parts[2] } : undefined;
}

/**
 * Fully qualified name of a host as a configuration object in a namespace
 * means it. As in Istio only names without dots are short: `payment.wealth`
 * is taken for a complete name, and nothing is found under it.
 */
export function qualify(host: string, namespace: string): string {
  return host === '*' || host.includes('.')
    ? host
    : serviceHost(namespace, host);
}

/** Whether a host pattern (`*`, `*.example.com` or exact) covers a host. */
export function hostMatches(pattern: string, host: string): boolean {
  if (pattern === '*') return true;
  return pattern.startsWith('*.')
    ? host.endsWith(pattern.slice(1))
    : pattern === host;
}

const hostsOf: Partial<
  Record<RoutingResource, (object: KubernetesObject) => string[]>
> = {
  'virtualservices.networking.istio.io': object =>
    asStrings(object.spec?.hosts),
  'destinationrules.networking.istio.io': object => {
    const host = asString(object.spec?.host);
    return host === undefined ? [] : [host];
  },
  'serviceentries.networking.istio.io': object => asStrings(object.spec?.hosts),
  'httproutes.gateway.networking.k8s.io': serviceParents,
  'grpcroutes.gateway.networking.k8s.io': serviceParents,
};

function serviceParents(object: KubernetesObject): string[] {
  return asRecords(object.spec?.parentRefs)
    .filter(parent => parent.kind === 'Service')
    .map(parent =>
      serviceHost(
        asString(parent.namespace) ?? object.metadata.namespace ?? 'default',
        asString(parent.name) ?? '',
      ),
    );
}

/** Age decides between objects that claim the same host: the oldest wins. */
function byAge(first: KubernetesObject, second: KubernetesObject): number {
  const one = first.metadata.creationTimestamp ?? '';
  const two = second.metadata.creationTimestamp ?? '';
  if (one !== two) return one < two ? -1 : 1;
  return first.metadata.name < second.metadata.name ? -1 : 1;
}

/** Routing configuration by kind, name and host. */
export class ConfigIndex {
  readonly #objects = new Map<string, Map<string, KubernetesObject>>();
  readonly #byHost = new Map<string, Map<string, KubernetesObject[]>>();
  /** Changes whenever a routing object's content does. */
  revision = 0;

  apply(change: ObjectChange): void {
    const { resource, object, previous } = change;
    if (!routing.has(resource)) return;
    if (
      change.type === 'MODIFIED' &&
      previous &&
      previous.spec === object.spec &&
      previous.metadata.labels === object.metadata.labels
    ) {
      return;
    }
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    let objects = this.#objects.get(resource);
    if (!objects) this.#objects.set(resource, (objects = new Map()));
    if (change.type === 'DELETED') objects.delete(key);
    else objects.set(key, object);
    this.#byHost.delete(resource);
    this.revision++;
  }

  get(
    resource: RoutingResource,
    namespace: string,
    name: string,
  ): KubernetesObject | undefined {
    return this.#objects.get(resource)?.get(`${namespace}/${name}`);
  }

  all(resource: RoutingResource): Iterable<KubernetesObject> {
    return this.#objects.get(resource)?.values() ?? [];
  }

  /** Objects that claim exactly this qualified host, then those that claim it by a wildcard; oldest first. */
  forHost(resource: RoutingResource, host: string): KubernetesObject[] {
    let index = this.#byHost.get(resource);
    if (!index)
      this.#byHost.set(resource, (index = this.#indexHosts(resource)));
    const exact = index.get(host) ?? [];
    const wild: KubernetesObject[] = [];
    for (const [pattern, objects] of index) {
      if (pattern.startsWith('*') && hostMatches(pattern, host)) {
        wild.push(...objects);
      }
    }
    return wild.length ? [...exact, ...wild] : exact;
  }

  namespaceLabels(namespace: string): Readonly<Record<string, string>> {
    return this.get('namespaces', '', namespace)?.metadata.labels ?? {};
  }

  #indexHosts(resource: RoutingResource): Map<string, KubernetesObject[]> {
    const index = new Map<string, KubernetesObject[]>();
    const read = hostsOf[resource];
    if (!read) return index;
    for (const object of this.all(resource)) {
      for (const host of read(object)) {
        const name = qualify(host, object.metadata.namespace ?? 'default');
        const list = index.get(name) ?? [];
        list.push(object);
        index.set(name, list);
      }
    }
    for (const list of index.values()) list.sort(byAge);
    return index;
  }
}

/** The selector of a Service, or undefined when it has none. */
export function serviceSelector(
  service: KubernetesObject,
): Record<string, string> | undefined {
  const selector = asRecord(service.spec?.selector);
  const entries = Object.entries(selector);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(
    entries.map(([name, value]) => [name, String(value)]),
  );
}
