import type { KubernetesObject } from '../../kubernetes/store';
import type { Entry, Operation } from '../../world/types';
import { createRandom } from '../../random';
import type { LiveCluster } from '../live/cluster';
import { qualify, serviceOfHost } from '../live/config';
import type { LiveWorkload } from '../live/model';
import { asRecord, asRecords, asString, asStrings } from '../read';
import { servesHost } from '../routing/plan';

const VIRTUAL_SERVICES = 'virtualservices.networking.istio.io';
const HTTP_ROUTES = 'httproutes.gateway.networking.k8s.io';

/** Requests per second to a host that people have just heard of: the least, and how many more there may be. */
const LEAST = 2;
const MORE = 3;
/** Most paths that are asked for. */
const PATHS = 4;

/** What an object says of a host that it publishes. */
interface Publication {
  host: string;
  /** Services that requests may lead to. */
  services: { namespace: string; name: string }[];
  paths: string[];
}

const isExact = (host: string) => host.includes('.') && !host.includes('*');

/** Paths that rules match on; `/` where one matches without. */
function pathsOf(matches: readonly Record<string, unknown>[]): string[] {
  if (matches.length === 0) return ['/'];
  return matches.flatMap(match => {
    const uri = asRecord(match.uri ?? match.path);
    const path =
      asString(uri.exact) ?? asString(uri.prefix) ?? asString(uri.value);
    if (path !== undefined) return [path];
    // Nobody guesses what a regular expression stands for.
    return Object.keys(uri).length > 0 ? [] : ['/'];
  });
}

function published(
  object: KubernetesObject,
  hosts: readonly string[],
  rules: readonly Record<string, unknown>[],
  backends: (rule: Record<string, unknown>) => string[],
): Publication[] {
  const namespace = object.metadata.namespace ?? 'default';
  const services = rules
    .flatMap(backends)
    .flatMap(host => serviceOfHost(qualify(host, namespace)) ?? []);
  const paths = rules.flatMap(rule =>
    pathsOf(asRecords(rule.match ?? rule.matches)),
  );
  return hosts.filter(isExact).map(host => ({
    host,
    services,
    paths: [...new Set(paths)].slice(0, PATHS),
  }));
}

/** Hosts that a VirtualService publishes at a gateway. */
function ofVirtualService(
  cluster: LiveCluster,
  object: KubernetesObject,
  gateway: LiveWorkload,
): Publication[] {
  const namespace = object.metadata.namespace ?? 'default';
  const hosts = asStrings(object.spec?.hosts).filter(host =>
    asStrings(object.spec?.gateways).some(
      reference =>
        reference !== 'mesh' &&
        servesHost(cluster.config, reference, namespace, gateway, host),
    ),
  );
  return published(object, hosts, asRecords(object.spec?.http), rule =>
    asRecords(rule.route).flatMap(
      ({ destination }) => asString(asRecord(destination).host) ?? [],
    ),
  );
}

/** Hosts that a route of the Gateway API publishes, as a gateway's it is taken whichever Gateway it names. */
function ofRoute(object: KubernetesObject): Publication[] {
  const isOfGateway = asRecords(object.spec?.parentRefs).some(
    ({ kind }) => (asString(kind) ?? 'Gateway') === 'Gateway',
  );
  const hosts = isOfGateway ? asStrings(object.spec?.hostnames) : [];
  return published(object, hosts, asRecords(object.spec?.rules), rule =>
    asRecords(rule.backendRefs).flatMap(({ name, namespace }) => {
      const home = asString(namespace) ?? object.metadata.namespace;
      return `${asString(name)}.${home}.svc.cluster.local`;
    }),
  );
}

/**
 * People who come to hosts that the world did not have when it began. They
 * hear of one when its service first has a pod that is ready, and stay away
 * when nothing publishes it any more.
 */
export class Visitors {
  /** Hosts that are none of theirs: they have traffic of their own, or had none all the time. */
  readonly #settled = new Set<string>();
  readonly #found = new Map<string, Entry>();
  #entries: readonly Entry[] = [];
  #revision = '';
  #gateway: LiveWorkload | undefined;

  constructor(
    private readonly cluster: LiveCluster,
    entries: readonly Entry[],
  ) {
    for (const { host } of entries) this.#settled.add(host);
    for (const object of cluster.config.all(VIRTUAL_SERVICES)) {
      asStrings(object.spec?.hosts).forEach(host => this.#settled.add(host));
    }
    for (const object of cluster.config.all(HTTP_ROUTES)) {
      asStrings(object.spec?.hostnames).forEach(host =>
        this.#settled.add(host),
      );
    }
  }

  /** Their traffic at a gateway; the same list while nothing changes. */
  at(gateway: LiveWorkload): readonly Entry[] {
    const { config, pods } = this.cluster;
    const revision = `${config.revision}.${pods.changes}`;
    if (this.#revision === revision && this.#gateway === gateway) {
      return this.#entries;
    }
    this.#revision = revision;
    this.#gateway = gateway;
    const now = new Map<string, Entry>();
    for (const publication of this.#publications(gateway)) {
      const { host } = publication;
      const known = this.#found.get(host);
      if (!this.#settled.has(host) && (known || this.#isReady(publication))) {
        now.set(host, this.#entry(publication, known));
      }
    }
    const isSame =
      now.size === this.#found.size &&
      [...now].every(([host, entry]) => this.#found.get(host) === entry);
    if (isSame) return this.#entries;
    this.#found.clear();
    now.forEach((entry, host) => this.#found.set(host, entry));
    this.#entries = [...now.values()];
    return this.#entries;
  }

  *#publications(gateway: LiveWorkload): Generator<Publication> {
    const { cluster } = this;
    for (const object of cluster.config.all(VIRTUAL_SERVICES)) {
      yield* ofVirtualService(cluster, object, gateway);
    }
    for (const object of cluster.config.all(HTTP_ROUTES)) {
      yield* ofRoute(object);
    }
  }

  #isReady({ services }: Publication): boolean {
    return services.some(
      ({ namespace, name }) =>
        (this.cluster.endpoints(namespace, name) ?? []).length > 0,
    );
  }

  /** What is asked of a host; the entry that is known while that stays the same. */
  #entry({ host, paths }: Publication, known: Entry | undefined): Entry {
    const operations: Operation[] = paths.map(path => ({
      method: 'GET',
      path,
      share: 1 / paths.length,
    }));
    if (
      known?.operations.length === paths.length &&
      known.operations.every(({ path }, index) => path === paths[index])
    ) {
      return known;
    }
    return {
      via: 'gateway',
      host,
      requestsPerSecond: LEAST + createRandom(0).fork(host).next() * MORE,
      operations,
    };
  }
}
