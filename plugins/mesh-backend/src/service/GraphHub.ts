import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  diffGraphs,
  type GraphDelta,
  type MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import { refreshSeconds } from '../sources/SeriesStore';
import type { SightSource } from '../sight/Sights';
import type { GraphQuery, SharedMeshService } from './types';

const KEPT_DELTAS = 24;
/** Nodes and edges in the steps of one live graph that are kept. */
const KEPT_ITEMS = 20_000;
/** How long a change of permissions may take to reach an open stream. */
const RECHECK_MILLISECONDS = 60_000;

/** One step of a live graph. Ids grow by one and are shared by all viewers. */
export type GraphStep = { id: string; delta: GraphDelta };

/** What a viewer is told. */
export type GraphListener = {
  onDelta(step: GraphStep): void;
  /** The graph cannot be built at the moment; the loop goes on. */
  onProblem(message: string): void;
  /** What the viewer may see has changed: nothing more is told. */
  onEnd(): void;
};

/**
 * Refreshes one live graph for all who see the same of it, from the first
 * viewer to the last.
 */
class LiveGraph {
  /** With the check of whether they still see the same. */
  readonly listeners = new Map<GraphListener, () => Promise<boolean>>();
  readonly steps: GraphStep[] = [];
  current: MeshGraph;
  #sequence = 0;
  #uncheckedMilliseconds = 0;
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
    await this.#recheck();
    try {
      const next = await this.#read();
      const delta = diffGraphs(this.current, next);
      this.current = next;
      this.#sequence += 1;
      const step = { id: this.id, delta };
      this.steps.push(step);
      this.steps.splice(0, this.steps.length - KEPT_DELTAS);
      this.#forgetLargeSteps();
      for (const listener of this.listeners.keys()) {
        listener.onDelta(step);
      }
    } catch (error) {
      const message = isError(error) ? error.message : String(error);
      for (const listener of this.listeners.keys()) {
        listener.onProblem(message);
      }
    }
    if (this.#timer === timer && this.listeners.size > 0) {
      this.#schedule();
    }
  }

  /** On a large mesh, who was away gets the whole graph instead. */
  #forgetLargeSteps(): void {
    let items = 0;
    for (let index = this.steps.length - 1; index >= 0; index--) {
      const { nodes, edges } = this.steps[index].delta;
      items += nodes.length + edges.length;
      if (items > KEPT_ITEMS) {
        this.steps.splice(0, index + 1);
        return;
      }
    }
  }

  async #recheck(): Promise<void> {
    this.#uncheckedMilliseconds += this.#intervalMilliseconds;
    if (this.#uncheckedMilliseconds < RECHECK_MILLISECONDS) {
      return;
    }
    this.#uncheckedMilliseconds = 0;
    await Promise.all(
      [...this.listeners].map(async ([listener, isSame]) => {
        if (!(await isSame())) {
          listener.onEnd();
        }
      }),
    );
  }
}

/** What a viewer starts from: a whole graph, or the steps it missed. */
export type GraphSubscription = {
  start: { snapshot: MeshGraph; id: string } | { missed: GraphStep[] };
  /** The graph as it is now, for a viewer that fell behind. */
  current(): { snapshot: MeshGraph; id: string };
  unsubscribe(): void;
};

/** Live graphs by question and by what is seen of them. */
export class GraphHub {
  readonly #graphs = new Map<string, LiveGraph>();
  readonly #sights: SightSource;
  readonly #shared: SharedMeshService;
  readonly #epoch: string;
  #started = 0;

  /**
   * @param options - `sights` decides who may subscribe and sees what;
   *   `shared` feeds the loops, which outlive the credentials of whoever came first
   */
  constructor(options: {
    sights: SightSource;
    shared: SharedMeshService;
    epoch: string;
  }) {
    this.#sights = options.sights;
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
    const sight = await this.#sights.of(credentials);
    // Reading first refuses bad queries.
    const first = await this.#shared.graph(query, sight);
    const key = JSON.stringify([
      first.clusters ?? first.cluster,
      first.window,
      first.graphType,
      first.namespaces,
      query.include,
      sight?.key,
    ]);
    let live = this.#graphs.get(key);
    if (!live) {
      this.#started += 1;
      live = new LiveGraph({
        first,
        // A later loop must not take up the ids of one that has ended.
        epoch: `${this.#epoch}-${this.#started}`,
        read: () => this.#shared.graph(query, sight),
        intervalMilliseconds: refreshSeconds(query.windowSeconds) * 1000,
      });
      this.#graphs.set(key, live);
    }
    live.listeners.set(listener, () =>
      this.#seesTheSame(credentials, sight?.key),
    );
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

  async #seesTheSame(
    credentials: BackstageCredentials,
    key: string | undefined,
  ): Promise<boolean> {
    try {
      return (await this.#sights.of(credentials))?.key === key;
    } catch (error) {
      // Only a refusal counts; permissions that cannot be asked are no answer.
      return !isError(error) || error.name !== 'NotAllowedError';
    }
  }

  /** Ends all loops. */
  stop(): void {
    for (const live of this.#graphs.values()) {
      live.stop();
    }
    this.#graphs.clear();
  }
}
