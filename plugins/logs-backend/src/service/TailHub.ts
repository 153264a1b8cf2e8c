import type { LogLine } from '@orrery/backstage-plugin-logs-common';
import type { ElasticQuery } from '@orrery/backstage-plugin-logs-common';
import type { ScopedStore } from './ScopedStore';

const POLL_MILLISECONDS = 1000;
/** Lines reach a store out of order by about this much. */
const OVERLAP_MILLISECONDS = 3000;
/** Clocks of nodes may run ahead of ours by this much. */
const AHEAD_MILLISECONDS = 60_000;
/** Lines of one look at the store; what is more is counted. */
const MOST_LINES = 5000;

/** What one look found: the oldest first. */
export type TailNews = { lines: LogLine[]; skipped: number };

/** One who follows. */
export type TailViewer = {
  onNews: (news: TailNews) => void;
  onProblem: (error: Error) => void;
};

type Tail = { viewers: Set<TailViewer>; timer?: NodeJS.Timeout };

/** Looks at a store again and again for one question. */
class Look {
  readonly #scoped: ScopedStore;
  readonly #filters: readonly ElasticQuery[];
  readonly #query: string;
  /** When lines were written that are known, in milliseconds, by id. */
  readonly #seen = new Map<string, number>();
  #newest: number;
  /** Lines before this were counted as left out, and do not come late. */
  #floor: number;

  constructor(
    scoped: ScopedStore,
    filters: readonly ElasticQuery[],
    query: string,
    from: number,
  ) {
    this.#scoped = scoped;
    this.#filters = filters;
    this.#query = query;
    this.#newest = from;
    this.#floor = from;
  }

  async again(): Promise<TailNews> {
    const from = Math.max(this.#newest - OVERLAP_MILLISECONDS, this.#floor);
    for (const [id, at] of this.#seen) {
      if (at < from) {
        this.#seen.delete(id);
      }
    }
    const answer = await this.#scoped.ask({
      filters: this.#filters,
      query: this.#query,
      fromMilliseconds: from,
      toMilliseconds: Date.now() + AHEAD_MILLISECONDS,
      size: MOST_LINES,
      isCounted: true,
    });
    const fresh = answer.lines
      .filter(({ id }) => !this.#seen.has(id))
      .reverse();
    for (const line of fresh) {
      this.#seen.set(line.id, Date.parse(line.at));
    }
    const total = answer.total?.value ?? answer.hits.length;
    let skipped = 0;
    const oldest = answer.lines.at(-1);
    if (total > answer.hits.length && oldest) {
      const floor = Date.parse(oldest.at);
      const known = [...this.#seen.values()].filter(at => at < floor).length;
      skipped = Math.max(0, total - answer.hits.length - known);
      // Of the same millisecond some were counted: none of it comes again.
      this.#floor = floor + 1;
    }
    // One clock that runs ahead must not hide what others write.
    const now = Date.now();
    for (const line of fresh) {
      this.#newest = Math.max(this.#newest, Math.min(now, Date.parse(line.at)));
    }
    return { lines: fresh, skipped };
  }
}

/**
 * Follows stores. Those who ask the same of the same reach share one look a
 * second, however many they are.
 */
export class TailHub {
  readonly #tails = new Map<string, Tail>();
  readonly #pollMilliseconds: number;

  constructor(pollMilliseconds = POLL_MILLISECONDS) {
    this.#pollMilliseconds = pollMilliseconds;
  }

  /** How many questions are followed. */
  get size(): number {
    return this.#tails.size;
  }

  /**
   * Tells a viewer of lines from now on, or from `since` where they resume.
   *
   * @returns the way to stop
   */
  follow(
    scoped: ScopedStore,
    filters: readonly ElasticQuery[],
    options: { query: string; since?: number },
    viewer: TailViewer,
  ): () => void {
    const key = JSON.stringify([
      scoped.cluster,
      scoped.filter,
      filters,
      options.since,
    ]);
    let tail = this.#tails.get(key);
    if (!tail) {
      tail = { viewers: new Set() };
      this.#tails.set(key, tail);
      const from = options.since ?? Date.now() - 10_000;
      this.#run(tail, new Look(scoped, filters, options.query, from), key);
    }
    const joined = tail;
    joined.viewers.add(viewer);
    return () => {
      joined.viewers.delete(viewer);
      if (joined.viewers.size === 0 && this.#tails.get(key) === joined) {
        clearTimeout(joined.timer);
        this.#tails.delete(key);
      }
    };
  }

  #run(tail: Tail, look: Look, key: string): void {
    const again = async () => {
      try {
        const news = await look.again();
        if (news.lines.length > 0 || news.skipped > 0) {
          tail.viewers.forEach(viewer => viewer.onNews(news));
        }
      } catch (error) {
        const told = error instanceof Error ? error : new Error(String(error));
        tail.viewers.forEach(viewer => viewer.onProblem(told));
      }
      if (this.#tails.get(key) === tail) {
        tail.timer = setTimeout(again, this.#pollMilliseconds);
      }
    };
    again();
  }
}
