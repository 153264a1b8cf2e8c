import type { Feature } from '../schema/graph';
import { hostMatches, isExportedTo, selects, serviceOfHost } from './hosts';
import type {
  GraphObjects,
  IstioObject,
  PeerAuthenticationObject,
} from './types';

/** A ServiceEntry, as the graph shows it. */
export type ServiceEntry = {
  namespace: string;
  name: string;
  hosts: readonly string[];
};

type Labels = Readonly<Record<string, string>>;

/** A feature with the namespace of its object, so that sight can be applied. */
export type OwnedFeature = Feature & { namespace: string };

const ROOT_NAMESPACE = 'istio-system';

/** `Kind namespace/name` */
export function objectText(object: IstioObject): string {
  return `${object.kind} ${object.namespace}/${object.name}`;
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) {
    list.push(value);
  } else {
    map.set(key, [value]);
  }
}

/** Looks up Istio objects by what they are about. */
export class IstioIndex {
  /** Objects by host as written, and by `namespace/name` of the service. */
  readonly #byHost = new Map<string, IstioObject[]>();
  readonly #effects = new Map<string, OwnedFeature[]>();
  readonly #exactEntries = new Map<string, IstioObject[]>();
  readonly #wildEntries: { pattern: string; object: IstioObject }[] = [];
  readonly #gateways: IstioObject[] = [];
  readonly #workloadEntries: IstioObject[] = [];
  readonly #podObjects = new Map<string, IstioObject[]>();
  readonly #policies: readonly PeerAuthenticationObject[] | undefined;
  readonly #root: string;

  constructor(objects: GraphObjects) {
    this.#policies = objects.peerAuthentications;
    this.#root = objects.rootNamespace ?? ROOT_NAMESPACE;
    for (const object of objects.istio ?? []) {
      this.#add(object);
    }
    // The most specific pattern wins, as in Istio.
    this.#wildEntries.sort(
      (left, right) => right.pattern.length - left.pattern.length,
    );
  }

  #add(object: IstioObject): void {
    if (object.kind === 'Gateway' && object.selector) {
      this.#gateways.push(object);
    }
    if (object.kind === 'WorkloadEntry') {
      this.#workloadEntries.push(object);
    }
    if (object.appliesToPods) {
      add(this.#podObjects, object.namespace, object);
    }
    for (const host of new Set(object.hosts)) {
      for (const key of keysOf(host, object.namespace)) {
        add(this.#byHost, key, object);
      }
      if (object.kind === 'ServiceEntry') {
        if (host.startsWith('*')) {
          this.#wildEntries.push({ pattern: host, object });
        } else {
          add(this.#exactEntries, host, object);
        }
      }
    }
    for (const { host, ...effect } of object.effects ?? []) {
      const feature = {
        ...effect,
        object: objectText(object),
        namespace: object.namespace,
      };
      for (const key of keysOf(host, object.namespace)) {
        add(this.#effects, key, feature);
      }
    }
  }

  /** The ServiceEntry that covers a host for callers in a namespace. */
  serviceEntryFor(
    host: string,
    callerNamespace: string | undefined,
  ): ServiceEntry | undefined {
    const isSeen = (object: IstioObject) =>
      isExportedTo(object.exportTo, object.namespace, callerNamespace);
    return (
      this.#exactEntries.get(host)?.find(isSeen) ??
      this.#wildEntries.find(
        ({ pattern, object }) => hostMatches(pattern, host) && isSeen(object),
      )?.object
    );
  }

  /** Objects about a service. */
  aboutService(namespace: string, name: string): readonly IstioObject[] {
    return this.#byHost.get(`${namespace}/${name}`) ?? [];
  }

  /** Objects about a host outside, as it is written in them. */
  aboutHost(host: string): readonly IstioObject[] {
    return this.#byHost.get(host) ?? [];
  }

  /** What Istio does to traffic to a service. */
  featuresOf(namespace: string, name: string): readonly OwnedFeature[] {
    return this.#effects.get(`${namespace}/${name}`) ?? [];
  }

  /** What Istio does to traffic to a host outside. */
  featuresOfHost(host: string): readonly OwnedFeature[] {
    return this.#effects.get(host) ?? [];
  }

  /** Gateways that pods with these labels carry out. */
  gatewaysOf(labels: Labels): readonly IstioObject[] {
    return this.#gateways.filter(
      ({ selector }) => selector && selects(selector, labels),
    );
  }

  /** WorkloadEntries of an app and version, which stand for machines outside. */
  workloadEntriesOf(
    namespace: string,
    app: string | undefined,
    version: string | undefined,
  ): readonly IstioObject[] {
    return this.#workloadEntries.filter(
      entry =>
        entry.namespace === namespace &&
        app !== undefined &&
        entry.selector?.app === app &&
        (version === undefined || entry.selector?.version === version),
    );
  }

  /** Policies, filters and the like that apply to pods with these labels. */
  aboutPods(namespace: string, labels: Labels): readonly IstioObject[] {
    const candidates = [
      ...(this.#podObjects.get(namespace) ?? []),
      ...(namespace === this.#root
        ? []
        : this.#podObjects.get(this.#root) ?? []),
    ];
    return candidates.filter(
      ({ selector = {} }) =>
        Object.keys(selector).length === 0 || selects(selector, labels),
    );
  }

  /**
   * What pods accept: the PeerAuthentication of the workload, else of its
   * namespace, else of the root namespace, else Istio's default, which is
   * permissive
   * (https://istio.io/latest/docs/reference/config/security/peer_authentication).
   *
   * @returns undefined when policies could not be read
   */
  mutualTlsOf(
    namespace: string,
    labels: Labels,
  ):
    | {
        mode: 'strict' | 'permissive' | 'disabled';
        from?: PeerAuthenticationObject;
      }
    | undefined {
    if (!this.#policies) {
      return undefined;
    }
    const own = this.#policies.filter(policy => policy.namespace === namespace);
    const root = this.#policies.filter(
      policy => policy.namespace === this.#root,
    );
    const isGeneral = (policy: PeerAuthenticationObject) =>
      Object.keys(policy.selector ?? {}).length === 0;
    const candidates = [
      ...own.filter(
        policy => policy.selector && selects(policy.selector, labels),
      ),
      ...own.filter(isGeneral),
      ...root.filter(isGeneral),
    ];
    const from = candidates.find(policy => policy.mode !== undefined);
    return from?.mode ? { mode: from.mode, from } : { mode: 'permissive' };
  }
}

/** The ways in which graph building asks for a host. */
function keysOf(host: string, namespace: string): string[] {
  const service = serviceOfHost(host, namespace);
  return service ? [`${service.namespace}/${service.name}`, host] : [host];
}
