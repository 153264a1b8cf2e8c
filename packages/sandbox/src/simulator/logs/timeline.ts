import type { FlowEngine } from '../flow/engine';
import type { ServerResponse } from '../flow/server';
import type { LiveWorkload } from '../live/model';

interface Moment {
  since: number;
  response: ServerResponse;
  load: number;
}

const KEPT = 200;
/** Loads that differ by less than this share are one. */
const TOLERANCE = 0.15;

/** How every workload answered and how much it had to do, over the last while, for logs of that time. */
export class Timeline {
  readonly #moments = new Map<LiveWorkload, Moment[]>();

  constructor(private readonly engine: FlowEngine) {}

  /** Notes what has changed since the last call. */
  *observe(now: number): Generator<void> {
    let done = 0;
    for (const { workload, response, load } of this.engine.nodes) {
      const moments = this.#moments.get(workload) ?? [];
      const last = moments[moments.length - 1];
      if (
        !last ||
        last.response !== response ||
        Math.abs(last.load - load) > TOLERANCE * Math.max(last.load, load)
      ) {
        moments.push({ since: now, response, load });
        if (moments.length > KEPT) moments.shift();
        this.#moments.set(workload, moments);
      }
      if (++done % 200 === 0) yield;
    }
  }

  /** What held at an instant; the first thing known for instants before. */
  at(
    workload: LiveWorkload,
    milliseconds: number,
  ): { response: ServerResponse; load: number } {
    const moments = this.#moments.get(workload) ?? [];
    for (let index = moments.length - 1; index >= 0; index--) {
      if (moments[index].since <= milliseconds) return moments[index];
    }
    return moments[0] ?? this.engine.node(workload);
  }

  forget(workload: LiveWorkload): void {
    this.#moments.delete(workload);
  }
}
