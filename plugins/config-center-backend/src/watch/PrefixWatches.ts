import type { LoggerService } from '@backstage/backend-plugin-api';
import type { KeyPlace } from '../keys/KeyPlaces';
import type { ConsulClient, ConsulListing } from '../sources/ConsulClient';
import { ConsulError } from '../sources/ConsulError';

/** Prefixes that are watched at once. */
const MOST_WATCHES = 500;
/** A page that is opened again right away finds its watch. */
const LINGER_MILLISECONDS = 15_000;
const FIRST_DELAY_MILLISECONDS = 1000;
const LONGEST_DELAY_MILLISECONDS = 30_000;

/** One who looks at a prefix. */
export type PrefixViewer = {
  onListing(listing: ConsulListing): void;
  onProblem(error: Error): void;
};

type Watch = {
  viewers: Set<PrefixViewer>;
  abort: AbortController;
  listing?: ConsulListing;
  problem?: Error;
  linger?: NodeJS.Timeout;
};

/**
 * Watches prefixes by blocking queries. Those who look at the same prefix
 * share one, however many they are.
 */
export class PrefixWatches {
  readonly #client: ConsulClient;
  readonly #logger: LoggerService;
  readonly #onListing: (
    place: KeyPlace,
    listing: ConsulListing,
  ) => Promise<void>;
  readonly #firstDelay: number;
  readonly #watches = new Map<string, Watch>();

  constructor(options: {
    client: ConsulClient;
    logger: LoggerService;
    /** Told of every listing before the viewers are. */
    onListing: (place: KeyPlace, listing: ConsulListing) => Promise<void>;
    firstDelayMilliseconds?: number;
  }) {
    this.#client = options.client;
    this.#logger = options.logger;
    this.#onListing = options.onListing;
    this.#firstDelay =
      options.firstDelayMilliseconds ?? FIRST_DELAY_MILLISECONDS;
  }

  /** How many prefixes are watched. */
  get size(): number {
    return this.#watches.size;
  }

  /**
   * Tells a viewer what is below a prefix, now and after every change.
   *
   * @returns the way to stop
   * @throws ConsulError when too many prefixes are watched
   */
  follow(place: KeyPlace, viewer: PrefixViewer): () => void {
    let watch = this.#watches.get(place.prefix);
    if (!watch) {
      if (this.#watches.size >= MOST_WATCHES) {
        throw new ConsulError(
          'refused',
          `${MOST_WATCHES} prefixes are watched already; close some pages`,
        );
      }
      watch = { viewers: new Set(), abort: new AbortController() };
      this.#watches.set(place.prefix, watch);
      this.#run(place, watch).catch(error =>
        this.#logger.error(`Watching ${place.prefix} ended: ${error}`),
      );
    } else if (watch.listing) {
      viewer.onListing(watch.listing);
    }
    if (watch.problem) {
      viewer.onProblem(watch.problem);
    }
    const joined = watch;
    clearTimeout(joined.linger);
    joined.viewers.add(viewer);
    return () => {
      joined.viewers.delete(viewer);
      if (joined.viewers.size === 0) {
        clearTimeout(joined.linger);
        joined.linger = setTimeout(
          () => this.#end(place.prefix, joined),
          LINGER_MILLISECONDS,
        );
        joined.linger.unref();
      }
    };
  }

  stop(): void {
    for (const [prefix, watch] of this.#watches) {
      clearTimeout(watch.linger);
      this.#end(prefix, watch);
    }
  }

  #end(prefix: string, watch: Watch): void {
    watch.abort.abort();
    if (this.#watches.get(prefix) === watch) {
      this.#watches.delete(prefix);
    }
  }

  async #run(place: KeyPlace, watch: Watch): Promise<void> {
    const { signal } = watch.abort;
    let failures = 0;
    while (!signal.aborted) {
      try {
        // A list that answers while questions that wait fail is no recovery.
        if (await this.#look(place, watch)) {
          failures = 0;
        }
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        failures += 1;
        watch.problem =
          error instanceof Error ? error : new Error(String(error));
        for (const viewer of watch.viewers) {
          viewer.onProblem(watch.problem);
        }
        const delay = Math.min(
          LONGEST_DELAY_MILLISECONDS,
          this.#firstDelay * 2 ** (failures - 1),
        );
        await pause(delay * (0.5 + Math.random() / 2), signal);
      }
    }
  }

  /** @returns whether a question that waits was answered */
  async #look(place: KeyPlace, watch: Watch): Promise<boolean> {
    const { signal } = watch.abort;
    const known = watch.problem ? undefined : watch.listing;
    const listing = known
      ? await this.#client.waitForChange(place.prefix, known.index, signal)
      : await this.#client.list(place.prefix);
    if (known && listing.index < known.index) {
      // Indices went back: Consul was restored, and nothing counts any more.
      watch.listing = undefined;
      return true;
    }
    if (known && listing.index === known.index) {
      return true;
    }
    if (known?.entries.length === 0 && listing.entries.length === 0) {
      // Where nothing is, Consul answers to every write of any key.
      watch.listing = listing;
      return true;
    }
    await this.#onListing(place, listing);
    watch.listing = listing;
    watch.problem = undefined;
    for (const viewer of watch.viewers) {
      viewer.onListing(listing);
    }
    return known !== undefined;
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(finish, milliseconds);
    signal.addEventListener('abort', finish);
    function finish() {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    }
  });
}
