import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  diffGraphs,
  type GraphDelta,
  type MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import { refreshSeconds } from '../sources/SeriesStore';
import type { GraphQuery, MeshService } from './types';

const KEPT_DELTAS = 24;

/** One step of a live graph. Ids grow by one and are shared by all viewers. */
export type GraphStep = { id: string; delta: GraphDelta };

/** What a viewer is told. */
export type GraphListener = {
  onDelta(step: GraphStep): void;
  /** The graph cannot be built at the moment; the loop goes on. */
  onProblem(message: string): void;
};

/**
 * Refreshes one live graph for all who watch it, from the first viewer to
 * the last. The graph itself was authorized for each viewer before.
 */
class LiveGraph {
  readonly listeners = new Set<GraphListener>();
  readonly steps: GraphStep[] = [];
  current: MeshGraph;
  #sequence = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #epoch: string;
  readonly #read: () => Promise<MeshGraph>;
  readonly #intervalMilliseconds: number;

  constructor(options: {
    first: MeshGraph;
    epoch: string;
    read: () => Promise<MeshGraph>;
    intervalMilliseconds: number;
  }) {
    this.current = options.first;
    this.#epoch = options.epoch;
    this.#read = options.read;
    this.#intervalMilliseconds = options.intervalMilliseconds;
    this.#schedule();
  }

  /** Names the state of `current`; the epoch tells processes and loops apart. */
  get id(): string {
    return `${this.#epoch}-${this.#sequence}`;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    this.#timer = setTimeout(() => this.#refresh(), this.#intervalMilliseconds);
  }

  async #refresh(): Promise<void> {
    const timer = this.#timer;
    try {
      const next = await this.#read();
      const delta = diffGraphs(this.current, next);
      this.current = next;
      this.#sequence += 1;
      const step = { id: this.id, delta };
      this.steps.push(step);
      this.steps.splice(0, this.steps.length - KEPT_DELTAS);
      for (const listener of this.listeners) {
        listener.onDelta(step);
      }
    } catch (error) {
      const message = isError(error) ? error.message : String(error);
      for (const listener of this.listeners) {
        listener.onProblem(message);
      }
    }
    if (this.#timer === timer) {
      this.#schedule();
    }
  }
}

/** What a viewer starts from: a whole graph, or the steps it missed. */
export type GraphSubscription = {
  start: { snapshot: MeshGraph; id: string } | { missed: GraphStep[] };
  /** The graph as it is now, for a viewer that fell behind. */
  current(): { snapshot: MeshGraph; id: string };
  unsubscribe(): void;
};

/** Live graphs by question. */
export class GraphHub {
  readonly #graphs = new Map<string, LiveGraph>();
  readonly #authorized: MeshService;
  readonly #shared: MeshService;
  readonly #epoch: string;
  #started = 0;

  /**
   * @param options - `authorized` decides who may subscribe; `shared` feeds
   *   the loops, which outlive the credentials of whoever came first
   */
  constructor(options: {
    authorized: MeshService;
    shared: MeshService;
    epoch: string;
  }) {
    this.#authorized = options.authorized;
    this.#shared = options.shared;
    this.#epoch = options.epoch;
  }

  /**
   * @param query - a live one: without a moment
   * @param lastEventId - where the viewer left off
   */
  async subscribe(
    query: GraphQuery,
    credentials: BackstageCredentials,
    lastEventId: string | undefined,
    listener: GraphListener,
  ): Promise<GraphSubscription> {
    // Reading first authorizes the viewer and refuses bad queries.
    const first = await this.#authorized.graph(query, credentials);
    const key = JSON.stringify([
      first.cluster,
      first.window,
      first.graphType,
      first.namespaces,
    ]);
    let live = this.#graphs.get(key);
    if (!live) {
      this.#started += 1;
      live = new LiveGraph({
        first,
        // A later loop must not take up the ids of one that has ended.
        epoch: `${this.#epoch}-${this.#started}`,
        read: () => this.#shared.graph(query, credentials),
        intervalMilliseconds: refreshSeconds(query.windowSeconds) * 1000,
      });
      this.#graphs.set(key, live);
    }
    live.listeners.add(listener);
    const { current: snapshot, id, steps } = live;
    const at = steps.findIndex(step => step.id === lastEventId);
    const missed = at >= 0 ? steps.slice(at + 1) : undefined;
    return {
      start: missed ? { missed } : { snapshot, id },
      current: () => ({ snapshot: live.current, id: live.id }),
      unsubscribe: () => {
        live.listeners.delete(listener);
        if (live.listeners.size === 0) {
          live.stop();
          this.#graphs.delete(key);
        }
      },
    };
  }

  /** Ends all loops. */
  stop(): void {
    for (const live of this.#graphs.values()) {
      live.stop();
    }
    this.#graphs.clear();
  }
}
