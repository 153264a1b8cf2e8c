import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  readProxyStatuses,
  type IstiodPod,
  type ProxyStatus,
} from '@orrery/backstage-plugin-mesh-common';
import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import {
  RESOURCE_TYPES,
  type ClusterClient,
  type WatchCaches,
} from '@orrery/backstage-plugin-orrery-node';
import {
  keepOfPod,
  readControlPlanePods,
  type ControlPlanePod,
  type ProxySync,
} from './readPods';

/** istiod's monitoring port, where its debug interface is. */
const PORT = 15014;
const PATH = 'debug/syncz';
/** Proxies change slowly, and a large mesh answers with megabytes. */
const FRESH_MILLISECONDS = 30_000;
/** A graph does not wait longer for this; the next one has it. */
const PATIENCE_MILLISECONDS = 1_500;

/** What the control plane of one cluster knows of its proxies. */
export type ControlPlaneReading = {
  /** Absent when pods could not be listed. */
  pods?: IstiodPod[];
  /** Absent unless every ready istiod answered: who is silent may know the rest. */
  sync?: ProxySync;
  source: SourceStatus;
  /** Equal revisions know the same. */
  revision: string;
};

/** Asks every istiod about its proxies, at most twice a minute. */
export class ControlPlaneSource {
  readonly #caches: WatchCaches;
  readonly #client: ClusterClient;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  readonly #known = new Map<
    string,
    { at: number; reading: ControlPlaneReading }
  >();
  readonly #asking = new Map<string, Promise<ControlPlaneReading>>();
  #count = 0;

  constructor(options: {
    caches: WatchCaches;
    client: ClusterClient;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#caches = options.caches;
    this.#client = options.client;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => Date.now());
  }

  /** What is known, asked anew when it is old. Never rejects. */
  async read(cluster: string): Promise<ControlPlaneReading> {
    const known = this.#known.get(cluster);
    if (known && this.#now() - known.at < FRESH_MILLISECONDS) {
      return known.reading;
    }
    return this.#ask(cluster);
  }

  /** The same for a graph, which rather shows what was known than waits. */
  async syncOf(
    cluster: string,
  ): Promise<{ sync: ProxySync; revision: string } | undefined> {
    const answer = this.read(cluster);
    const known = this.#known.get(cluster)?.reading;
    const reading = known ?? (await within(PATIENCE_MILLISECONDS, answer));
    return reading?.sync && { sync: reading.sync, revision: reading.revision };
  }

  #ask(cluster: string): Promise<ControlPlaneReading> {
    let asking = this.#asking.get(cluster);
    if (!asking) {
      asking = this.#fetch(cluster)
        .then(reading => {
          this.#known.set(cluster, { at: this.#now(), reading });
          return reading;
        })
        .finally(() => this.#asking.delete(cluster));
      this.#asking.set(cluster, asking);
    }
    return asking;
  }

  async #fetch(cluster: string): Promise<ControlPlaneReading> {
    const cache = this.#caches.get(cluster, RESOURCE_TYPES.pods, keepOfPod);
    await cache.ready();
    this.#count += 1;
    const revision = String(this.#count);
    if (!cache.objects) {
      return {
        revision,
        source: { ...cache.status, name: 'istiod' },
      };
    }
    const found = readControlPlanePods(cache.objects);
    const failures: string[] = [];
    const pods = await Promise.all(
      found.map(async (pod): Promise<IstiodPod & { name: string }> => {
        const { name, revision: own, version, isReady } = pod;
        const proxies = isReady
          ? await this.#proxiesOf(cluster, pod, failures)
          : undefined;
        return { name, revision: own, version, isReady, proxies };
      }),
    );
    return {
      pods: pods.map(({ name: _name, ...pod }) => pod),
      sync:
        failures.length === 0 && found.length > 0 ? syncOf(pods) : undefined,
      source: this.#statusOf(found, failures),
      revision,
    };
  }

  async #proxiesOf(
    cluster: string,
    pod: ControlPlanePod,
    failures: string[],
  ): Promise<ProxyStatus[] | undefined> {
    try {
      const answer = await this.#client.getFromPod(cluster, pod, PORT, PATH);
      const proxies = readProxyStatuses(answer);
      if (!proxies) {
        failures.push(`${pod.name} answered something else than its proxies`);
      }
      return proxies;
    } catch (error) {
      const reason = isError(error) ? error.message : String(error);
      this.#logger.debug(`Asking ${pod.name} of ${cluster}: ${reason}`);
      failures.push(`${pod.name}: ${reason}`);
      return undefined;
    }
  }

  #statusOf(
    found: readonly ControlPlanePod[],
    failures: readonly string[],
  ): SourceStatus {
    if (found.length === 0) {
      return {
        name: 'istiod',
        state: 'absent',
        reason: 'No pod with the label app=istiod was found',
      };
    }
    return failures.length > 0
      ? { name: 'istiod', state: 'failed', reason: failures.join('; ') }
      : {
          name: 'istiod',
          state: 'ok',
          asOf: new Date(this.#now()).toISOString(),
        };
  }
}

/** A proxy is connected to one istiod at a time; if two claim it, the one in step counts. */
function syncOf(pods: readonly IstiodPod[]): ProxySync {
  const sync = new Map<string, boolean>();
  for (const { proxies = [] } of pods) {
    for (const { namespace, pod, behind } of proxies) {
      const key = `${namespace}/${pod}`;
      sync.set(key, (sync.get(key) ?? false) || behind.length === 0);
    }
  }
  return sync;
}

/** An answer, if it comes in time. */
async function within<T>(
  milliseconds: number,
  answer: Promise<T>,
): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
