import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import {
  graphQueries,
  type ExtraQueryName,
  type GraphQueryName,
  type GraphSeries,
} from '@orrery/backstage-plugin-mesh-common';
import type { PrometheusClient } from '@orrery/backstage-plugin-orrery-node';

/** How long an old answer may stand in for one that could not be had. */
const STALE_MILLISECONDS = 10 * 60_000;
const KEPT_MOMENTS = 12;
/** Windows may be of any length, and each keeps its last whole answer. */
const KEPT_QUESTIONS = 6;
/** Rows of all moments that are kept; some 150 bytes each. */
const KEPT_ROWS = 600_000;

/** The vectors of one window at one moment. */
export type SeriesSnapshot = {
  series: GraphSeries;
  /** End of the window in milliseconds since the Unix epoch. */
  atMilliseconds: number;
  source: SourceStatus;
  /** Queries without an answer, and why. */
  failures: { query: GraphQueryName; reason: string }[];
  /** Equal revisions have equal series. */
  revision: string;
};

/**
 * Seconds between two looks at a live window: a twelfth of the window, so
 * that a step is seen, but no more often than samples arrive.
 */
export function refreshSeconds(windowSeconds: number): number {
  return Math.min(30, Math.max(5, Math.round(windowSeconds / 12)));
}

/**
 * Fetches the series of graphs once per (cluster, window, moment), however
 * many viewers and graph types ask for them.
 */
export class SeriesStore {
  readonly #clients: ReadonlyMap<string, PrometheusClient>;
  readonly #now: () => number;
  readonly #snapshots = new Map<string, Promise<SeriesSnapshot>>();
  readonly #sizes = new Map<string, number>();
  readonly #lastGood = new Map<string, SeriesSnapshot>();

  constructor(options: {
    clients: ReadonlyMap<string, PrometheusClient>;
    now?: () => number;
  }) {
    this.#clients = options.clients;
    this.#now = options.now ?? (() => Date.now());
  }

  /**
   * @param options - `atMilliseconds` is a past moment; absent means now,
   *   rounded down to the refresh interval so that viewers share it
   */
  async read(
    cluster: string,
    windowSeconds: number,
    options: {
      atMilliseconds?: number;
      extras?: readonly ExtraQueryName[];
    } = {},
  ): Promise<SeriesSnapshot> {
    const { atMilliseconds, extras = [] } = options;
    const client = this.#clients.get(cluster);
    const step = refreshSeconds(windowSeconds) * 1000;
    const at = atMilliseconds ?? Math.floor(this.#now() / step) * step;
    const question = [cluster, windowSeconds, ...extras].join(' ');
    const key = `${question} ${at}`;
    if (!client) {
      return {
        series: {},
        atMilliseconds: at,
        failures: [],
        revision: key,
        source: {
          name: 'prometheus',
          state: 'absent',
          reason: `No Prometheus is configured for cluster ${cluster} (orrery.clusters[].prometheus)`,
        },
      };
    }
    let snapshot = this.#snapshots.get(key);
    if (!snapshot) {
      snapshot = this.#fetch(
        client,
        graphQueries(windowSeconds, extras),
        at,
        key,
      ).then(fresh =>
        atMilliseconds === undefined
          ? this.#orLastGood(question, fresh)
          : fresh,
      );
      this.#snapshots.set(key, snapshot);
      this.#forgetOldest();
      snapshot.then(({ series }) => {
        if (this.#snapshots.has(key)) {
          this.#sizes.set(key, rowsOf(series));
          this.#forgetOldest();
        }
      });
      if (atMilliseconds !== undefined) {
        await this.#forgetUnlessWhole(key, snapshot);
      }
    }
    return snapshot;
  }

  /** The next look at a live window asks anew; a past moment must do so itself. */
  async #forgetUnlessWhole(
    key: string,
    snapshot: Promise<SeriesSnapshot>,
  ): Promise<void> {
    const { failures } = await snapshot;
    if (failures.length > 0 && this.#snapshots.get(key) === snapshot) {
      this.#snapshots.delete(key);
      this.#sizes.delete(key);
    }
  }

  /** The newest stays, however large. */
  #forgetOldest(): void {
    for (const key of this.#snapshots.keys()) {
      const isFew = this.#snapshots.size <= KEPT_MOMENTS;
      if ((isFew && this.#rows() <= KEPT_ROWS) || this.#snapshots.size === 1) {
        return;
      }
      this.#snapshots.delete(key);
      this.#sizes.delete(key);
    }
  }

  #rows(): number {
    let sum = 0;
    for (const rows of this.#sizes.values()) {
      sum += rows;
    }
    return sum;
  }

  async #fetch(
    client: PrometheusClient,
    queries: ReturnType<typeof graphQueries>,
    at: number,
    revision: string,
  ): Promise<SeriesSnapshot> {
    const { answers, failures } = await client.queryAll<GraphQueryName>(
      queries,
      { timeMilliseconds: at },
    );
    const names = Object.keys(queries) as GraphQueryName[];
    const failed = names.flatMap(query => {
      const reason = failures[query]?.message;
      return reason === undefined ? [] : [{ query, reason }];
    });
    const asOf = new Date(at).toISOString();
    const none = failed.length === names.length;
    return {
      series: answers,
      atMilliseconds: at,
      failures: failed,
      // Asked again, the same moment may have what it lacks now.
      revision: [revision, ...failed.map(({ query }) => query)].join(' '),
      source: none
        ? { name: 'prometheus', state: 'failed', reason: failed[0].reason }
        : {
            name: 'prometheus',
            state: 'ok',
            asOf,
            ...(failed.length > 0 && {
              reason: `${failed.map(({ query }) => query).join(', ')} missing`,
            }),
          },
    };
  }

  /** A dead Prometheus leaves the last picture standing, marked as old. */
  #orLastGood(key: string, fresh: SeriesSnapshot): SeriesSnapshot {
    if (fresh.source.state !== 'failed') {
      // The latest question goes last, so the first is the one longest unasked.
      this.#lastGood.delete(key);
      this.#lastGood.set(key, fresh);
      const [oldest] = this.#lastGood.keys();
      if (this.#lastGood.size > KEPT_QUESTIONS) {
        this.#lastGood.delete(oldest);
      }
      return fresh;
    }
    const old = this.#lastGood.get(key);
    const age = old && fresh.atMilliseconds - old.atMilliseconds;
    if (!old || age === undefined || age > STALE_MILLISECONDS) {
      return fresh;
    }
    return {
      ...old,
      revision: `${fresh.revision} since ${old.revision}`,
      source: { ...old.source, state: 'stale', reason: fresh.source.reason },
    };
  }
}

function rowsOf(series: GraphSeries): number {
  return Object.values(series).reduce(
    (sum, samples) => sum + (samples?.length ?? 0),
    0,
  );
}
