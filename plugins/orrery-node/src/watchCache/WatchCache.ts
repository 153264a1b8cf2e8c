import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import {
  KubernetesError,
  type ClusterClient,
  type KubernetesObject,
  type ResourceType,
} from '../clusterClient';
import { backoffMilliseconds, sleep } from './backoff';

/**
 * Watches are short because the way to the API server can break without
 * anyone telling us: what this costs is one cheap request a minute.
 */
const WATCH_SECONDS = 60;
/** Watches of many kinds must not all end at once. */
const WATCH_SPREAD = 0.5;
/** A watch that ends sooner and said nothing is a broken way, not a quiet kind. */
const SHORTEST_WATCH_MILLISECONDS = 1000;

/** @public */
export type WatchCacheOptions<T extends KubernetesObject = KubernetesObject> = {
  client: ClusterClient;
  cluster: string;
  type: ResourceType;
  logger: LoggerService;
  /** A number in [0, 1) that spreads reconnects over time. */
  random?: () => number;
  /** Shortest length of one watch in seconds. */
  watchSeconds?: number;
  /**
   * What to keep of an object, for kinds of which there are many; metadata
   * must keep its namespace and name.
   */
  keep?: (object: T) => T;
};

/**
 * All objects of one kind in one cluster, kept current by one watch however
 * many readers there are. It resumes where a watch ended, lists anew after a
 * 410, and keeps answering with what it last knew while the cluster is away.
 *
 * @public
 */
export class WatchCache<T extends KubernetesObject = KubernetesObject> {
  readonly #options: WatchCacheOptions<T>;
  readonly #random: () => number;
  readonly #objects = new Map<string, T>();
  readonly #listeners = new Set<() => void>();
  readonly #abort = new AbortController();
  #status: SourceStatus;
  #resourceVersion: string | undefined;
  #revision = 0;
  /** Attempts in a row that led nowhere. */
  #failures = 0;
  #settled: () => void = () => undefined;
  readonly #firstAnswer: Promise<void>;
  readonly #done: Promise<void>;

  private constructor(options: WatchCacheOptions<T>) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
    this.#status = {
      name: this.#name,
      state: 'absent',
      reason: 'Not read yet',
    };
    this.#firstAnswer = new Promise(resolve => {
      this.#settled = resolve;
    });
    this.#done = this.#run();
  }

  /** Starts listing and watching. */
  static start<T extends KubernetesObject>(
    options: WatchCacheOptions<T>,
  ): WatchCache<T> {
    return new WatchCache<T>(options);
  }

  get #name(): string {
    return `kubernetes/${this.#options.type.plural}`;
  }

  /** How current the objects are. */
  get status(): SourceStatus {
    return this.#status;
  }

  /** Grows with every change, so that readers can keep what they derived. */
  get revision(): number {
    return this.#revision;
  }

  /**
   * The objects last known, or undefined when none were ever read.
   */
  get objects(): readonly T[] | undefined {
    return this.#resourceVersion === undefined && this.#objects.size === 0
      ? undefined
      : [...this.#objects.values()];
  }

  /** Resolves when the first list was answered, or refused. */
  async ready(): Promise<void> {
    await this.#firstAnswer;
  }

  /** Calls back after changes; returns the way to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#done;
  }

  async #run(): Promise<void> {
    let cutOff = 0;
    while (!this.#abort.signal.aborted) {
      try {
        if (this.#resourceVersion === undefined) {
          await this.#list();
        }
        const began = Date.now();
        const isSilent = await this.#watch();
        this.#failures = 0;
        cutOff =
          isSilent && Date.now() - began < SHORTEST_WATCH_MILLISECONDS
            ? cutOff + 1
            : 0;
        if (cutOff > 0) {
          await sleep(
            backoffMilliseconds(cutOff, this.#random()),
            this.#abort.signal,
          );
        }
      } catch (error) {
        if (this.#abort.signal.aborted) {
          break;
        }
        if (error instanceof KubernetesError && error.statusCode === 410) {
          // What we know is too old to continue from; the list is the repair.
          this.#resourceVersion = undefined;
        } else {
          this.#fail(error);
        }
        this.#failures += 1;
        await sleep(
          backoffMilliseconds(this.#failures, this.#random()),
          this.#abort.signal,
        );
      }
    }
    this.#settled();
  }

  async #list(): Promise<void> {
    const { client, cluster, type } = this.#options;
    const { items, resourceVersion } = await client.list<T>(cluster, type, {
      signal: this.#abort.signal,
    });
    this.#objects.clear();
    for (const object of items) {
      this.#objects.set(keyOf(object), this.#kept(object));
    }
    this.#resourceVersion = resourceVersion;
    this.#changed();
    this.#settled();
  }

  /** Follows one watch to its end; true when it said nothing at all. */
  async #watch(): Promise<boolean> {
    let isSilent = true;
    const { client, cluster, type } = this.#options;
    const events = client.watch<T>(cluster, type, {
      resourceVersion: this.#resourceVersion ?? '',
      timeoutSeconds: Math.ceil(
        (this.#options.watchSeconds ?? WATCH_SECONDS) *
          (1 + WATCH_SPREAD * this.#random()),
      ),
      signal: this.#abort.signal,
    });
    for await (const event of events) {
      this.#failures = 0;
      if (event.type === 'OPENED') {
        this.#markCurrent();
        continue;
      }
      isSilent = false;
      if (event.type === 'BOOKMARK') {
        this.#resourceVersion = event.resourceVersion || this.#resourceVersion;
        this.#markCurrent();
        continue;
      }
      if (event.type === 'DELETED') {
        this.#objects.delete(keyOf(event.object));
      } else {
        this.#objects.set(keyOf(event.object), this.#kept(event.object));
      }
      // An event without a version must not make us forget where we are.
      this.#resourceVersion =
        event.object.metadata.resourceVersion ?? this.#resourceVersion;
      this.#changed();
    }
    this.#markCurrent();
    return isSilent;
  }

  #kept(object: T): T {
    return this.#options.keep?.(object) ?? object;
  }

  #markCurrent(): void {
    this.#status = {
      name: this.#name,
      state: 'ok',
      asOf: new Date().toISOString(),
    };
  }

  #changed(): void {
    this.#markCurrent();
    this.#revision += 1;
    for (const listener of this.#listeners) {
      listener();
    }
  }

  #fail(error: unknown): void {
    const { cluster, type, logger } = this.#options;
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof KubernetesError ? error.statusCode : 0;
    const known = this.objects !== undefined;
    const state = stateOf(code, known);
    const before = this.#status;
    this.#status = {
      name: this.#name,
      state,
      asOf: before.asOf,
      reason: message,
    };
    if (before.state !== state) {
      logger.warn(`Reading ${type.plural} of cluster ${cluster}: ${message}`);
      this.#revision += 1;
      for (const listener of this.#listeners) {
        listener();
      }
    }
    this.#settled();
  }
}

function stateOf(code: number, known: boolean): SourceStatus['state'] {
  if (code === 401 || code === 403) {
    return 'forbidden';
  }
  if (code === 404) {
    return 'absent';
  }
  return known ? 'stale' : 'failed';
}

function keyOf(object: KubernetesObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}
