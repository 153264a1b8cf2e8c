import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterClient,
  KubernetesObject,
  ResourceType,
} from '../clusterClient';
import { WatchCache } from './WatchCache';

/**
 * One cache per cluster and kind, started when first asked for and shared by
 * everyone who asks again.
 *
 * @public
 */
export class WatchCaches {
  readonly #caches = new Map<string, WatchCache>();
  readonly #client: ClusterClient;
  readonly #logger: LoggerService;
  readonly #watchSeconds: number | undefined;

  constructor(options: {
    client: ClusterClient;
    logger: LoggerService;
    /** Shortest length of one watch in seconds. */
    watchSeconds?: number;
  }) {
    this.#client = options.client;
    this.#logger = options.logger;
    this.#watchSeconds = options.watchSeconds;
  }

  /**
   * Never throws: an unreachable cluster shows in the cache's status.
   *
   * @param keep - what to keep of each object; the first to ask decides
   */
  get(
    cluster: string,
    type: ResourceType,
    keep?: (object: KubernetesObject) => KubernetesObject,
  ): WatchCache<KubernetesObject> {
    const key = `${cluster} ${type.group} ${type.plural}`;
    const present = this.#caches.get(key);
    if (present) {
      return present;
    }
    const cache = WatchCache.start({
      client: this.#client,
      cluster,
      type,
      logger: this.#logger,
      watchSeconds: this.#watchSeconds,
      keep,
    });
    this.#caches.set(key, cache);
    return cache;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#caches.values()].map(cache => cache.stop()));
    this.#caches.clear();
  }
}
