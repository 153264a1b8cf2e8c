import { selects } from './hosts';
import { IstioIndex } from './istioIndex';
import type {
  GraphObjects,
  NamespaceObject,
  PodsObject,
  ServiceObject,
  WorkloadObject,
} from './types';

const STORE_PORT =
  /\b(mysql|mariadb|redis|postgres|postgresql|mongo|mongodb|amqp|rabbitmq|kafka|cassandra|memcached|elasticsearch)\b/;

/** Looks up what the Kubernetes of one cluster knows, in the ways that graph building asks. */
export class ObjectIndex {
  readonly istio: IstioIndex;
  readonly #namespaces: ReadonlyMap<string, NamespaceObject>;
  readonly #workloads = new Map<string, WorkloadObject>();
  readonly #pods = new Map<string, PodsObject>();
  readonly #services = new Map<string, ServiceObject>();
  readonly #servicesByNamespace = new Map<string, ServiceObject[]>();
  readonly #servicesOf = new Map<WorkloadObject, ServiceObject[]>();
  readonly #objects: GraphObjects;

  constructor(objects: GraphObjects) {
    this.#objects = objects;
    this.istio = new IstioIndex(objects);
    this.#namespaces = new Map(
      objects.namespaces?.map(namespace => [namespace.name, namespace]),
    );
    for (const workload of objects.workloads ?? []) {
      this.#workloads.set(`${workload.namespace}/${workload.name}`, workload);
    }
    for (const pods of objects.pods ?? []) {
      this.#pods.set(`${pods.namespace}/${pods.workload}`, pods);
    }
    for (const service of objects.services ?? []) {
      this.#services.set(`${service.namespace}/${service.name}`, service);
      const list = this.#servicesByNamespace.get(service.namespace) ?? [];
      list.push(service);
      this.#servicesByNamespace.set(service.namespace, list);
    }
  }

  /** False when workloads or pods could not be listed, so that absence means nothing. */
  get knowsWorkloads(): boolean {
    return (
      this.#objects.workloads !== undefined && this.#objects.pods !== undefined
    );
  }

  get workloads(): readonly WorkloadObject[] {
    return this.#objects.workloads ?? [];
  }

  get services(): readonly ServiceObject[] {
    return this.#objects.services ?? [];
  }

  workload(namespace: string, name: string): WorkloadObject | undefined {
    return this.#workloads.get(`${namespace}/${name}`);
  }

  pods(namespace: string, workload: string): PodsObject | undefined {
    return this.#pods.get(`${namespace}/${workload}`);
  }

  hasService(namespace: string, name: string): boolean {
    return this.#services.has(`${namespace}/${name}`);
  }

  service(namespace: string, name: string): ServiceObject | undefined {
    return this.#services.get(`${namespace}/${name}`);
  }

  /** Services whose selector takes the workload's pods. */
  servicesOf(workload: WorkloadObject): readonly ServiceObject[] {
    let services = this.#servicesOf.get(workload);
    if (!services) {
      services = (
        this.#servicesByNamespace.get(workload.namespace) ?? []
      ).filter(
        service =>
          service.selector !== undefined &&
          selects(service.selector, workload.labels),
      );
      this.#servicesOf.set(workload, services);
    }
    return services;
  }

  /** Text of the `health.kiali.io/rate` annotation that counts for a workload or service. */
  healthRateOf(
    namespace: string,
    workloads: readonly WorkloadObject[],
    services: readonly string[],
  ): string | undefined {
    return (
      workloads.find(({ healthRate }) => healthRate)?.healthRate ??
      services
        .map(name => this.service(namespace, name)?.healthRate)
        .find(rate => rate) ??
      this.#namespaces.get(namespace)?.healthRate
    );
  }

  /** The waypoint of a workload: of its own, its service's or its namespace's label. */
  waypointOf(workload: WorkloadObject): string | undefined {
    const name =
      workload.waypoint ??
      this.servicesOf(workload).find(({ waypoint }) => waypoint)?.waypoint ??
      this.#namespaces.get(workload.namespace)?.waypoint;
    return name && name !== 'none'
      ? `${workload.namespace}/${name}`
      : undefined;
  }

  /** Whether a workload is a waypoint, which telemetry does not say. */
  isWaypoint(namespace: string | undefined, name: string): boolean {
    const workload =
      namespace === undefined ? undefined : this.workload(namespace, name);
    return workload !== undefined && this.roleOf(workload) === 'waypoint';
  }

  /** What a workload is for, told from its labels and the services before it. */
  roleOf(
    workload: WorkloadObject,
  ): 'gateway' | 'waypoint' | 'store' | 'service' {
    if (
      workload.labels['gateway.istio.io/managed'] ===
        'istio.io-mesh-controller' ||
      workload.labels['gateway.networking.k8s.io/gateway-class-name'] ===
        'istio-waypoint'
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
