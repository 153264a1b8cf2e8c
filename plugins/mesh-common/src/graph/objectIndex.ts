import type {
  GraphObjects,
  IstioObject,
  ServiceObject,
  WorkloadObject,
} from './types';

const STORE_PORT =
  /\b(mysql|mariadb|redis|postgres|postgresql|mongo|mongodb|amqp|rabbitmq|kafka|cassandra|memcached|elasticsearch)\b/;

/** Whether a host pattern, possibly `*.suffix`, covers a host. */
export function hostMatches(pattern: string, host: string): boolean {
  return pattern.startsWith('*')
    ? host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1
    : pattern === host;
}

function selects(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  const wanted = Object.entries(selector);
  return (
    wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value)
  );
}

/** Looks up what Kubernetes knows, in the ways that graph building asks. */
export class ObjectIndex {
  readonly #workloads = new Map<string, WorkloadObject>();
  readonly #services = new Map<string, ServiceObject>();
  readonly #servicesByNamespace = new Map<string, ServiceObject[]>();
  readonly #entries: { pattern: string; namespace: string }[] = [];
  readonly #istioByHost = new Map<string, Set<string>>();
  readonly #objects: GraphObjects;

  constructor(objects: GraphObjects) {
    this.#objects = objects;
    for (const workload of objects.workloads ?? []) {
      this.#workloads.set(`${workload.namespace}/${workload.name}`, workload);
    }
    for (const service of objects.services ?? []) {
      this.#services.set(`${service.namespace}/${service.name}`, service);
      const list = this.#servicesByNamespace.get(service.namespace) ?? [];
      list.push(service);
      this.#servicesByNamespace.set(service.namespace, list);
    }
    for (const object of objects.istio ?? []) {
      this.#addIstio(object);
    }
  }

  #addIstio(object: IstioObject): void {
    for (const host of object.hosts) {
      if (object.kind === 'ServiceEntry') {
        this.#entries.push({ pattern: host, namespace: object.namespace });
      }
      // A short host means the object's own namespace.
      const [name, namespace] = host.split('.');
      const key = host.includes('.')
        ? `${namespace}/${name}`
        : `${object.namespace}/${host}`;
      const where = `${object.kind} ${object.namespace}/${object.name}`;
      for (const index of [key, host]) {
        const set = this.#istioByHost.get(index) ?? new Set();
        set.add(where);
        this.#istioByHost.set(index, set);
      }
    }
  }

  /** False when workloads could not be listed, so that absence means nothing. */
  get knowsWorkloads(): boolean {
    return this.#objects.workloads !== undefined;
  }

  get workloads(): readonly WorkloadObject[] {
    return this.#objects.workloads ?? [];
  }

  workload(namespace: string, name: string): WorkloadObject | undefined {
    return this.#workloads.get(`${namespace}/${name}`);
  }

  hasService(namespace: string, name: string): boolean {
    return this.#services.has(`${namespace}/${name}`);
  }

  service(namespace: string, name: string): ServiceObject | undefined {
    return this.#services.get(`${namespace}/${name}`);
  }

  /** Services whose selector takes the workload's pods. */
  servicesOf(workload: WorkloadObject): ServiceObject[] {
    return (this.#servicesByNamespace.get(workload.namespace) ?? []).filter(
      service =>
        service.selector !== undefined &&
        selects(service.selector, workload.labels),
    );
  }

  /** The ServiceEntry host that covers a host. */
  serviceEntryFor(
    host: string,
  ): { host: string; namespace: string } | undefined {
    const entry = this.#entries.find(({ pattern }) =>
      hostMatches(pattern, host),
    );
    return entry && { host: entry.pattern, namespace: entry.namespace };
  }

  /** Istio objects about a service or an external host, sorted. */
  configOf(namespace: string | undefined, name: string): string[] {
    const found = new Set([
      ...(this.#istioByHost.get(`${namespace}/${name}`) ?? []),
      ...(this.#istioByHost.get(name) ?? []),
    ]);
    return [...found].sort();
  }

  /** What a workload is for, told from its labels and the services before it. */
  roleOf(
    workload: WorkloadObject,
  ): 'gateway' | 'waypoint' | 'store' | 'service' {
    if (
      workload.labels['gateway.istio.io/managed'] === 'istio.io-mesh-controller'
    ) {
      return 'waypoint';
    }
    if (
      workload.labels.istio?.endsWith('gateway') ||
      'gateway.networking.k8s.io/gateway-name' in workload.labels
    ) {
      return 'gateway';
    }
    return this.servicesOf(workload).some(service =>
      service.ports.some(port => STORE_PORT.test(port)),
    )
      ? 'store'
      : 'service';
  }
}
