import { createRandom } from '../../random';
import type { FlowEngine } from '../flow/engine';
import type { TrafficShape } from '../traffic/shape';
import { about } from './draw';
import type { SimulatedTrace } from './types';
import { walkTrace } from './walkTrace';

/** What has been told is kept for so long. */
const KEPT_SECONDS = 30 * 60;
/** A request that takes longer than this is not looked for where it ended. */
const LONGEST_SECONDS = 30;

export interface TraceBookOptions {
  engines: readonly FlowEngine[];
  shape: TrafficShape;
  seed: number;
  /** When time began, milliseconds since the Unix epoch. */
  startedAt: number;
  /**
   * Of entries with more than one request per second, so many times the square
   * root of their rate is traced per second: a sample of the busy ones.
   */
  density: number;
  /** Seconds before the beginning that are told as well, as if the world had always been so. */
  backfillSeconds: number;
}

/**
 * The requests of the last half hour, one by one, by second. Pods' logs, the
 * log store and the trace store all read it: they tell of the same requests.
 */
export class TraceBook {
  readonly #seconds = new Map<number, SimulatedTrace[]>();
  readonly #byId = new Map<string, SimulatedTrace>();
  readonly #options: TraceBookOptions;
  #next: number;
  #backfilled: number;

  constructor(options: TraceBookOptions) {
    this.#options = options;
    this.#next = Math.floor(options.startedAt / 1000);
    this.#backfilled = this.#next;
  }

  /** The oldest instant that is told, milliseconds since the Unix epoch. */
  get oldestAt(): number {
    return Math.max(this.#backfilled, this.#next - KEPT_SECONDS) * 1000;
  }

  /** The first second, since the Unix epoch, that is not told yet. */
  get nextSecond(): number {
    return this.#next;
  }

  /** Traces that began in a second since the Unix epoch, the oldest first; undefined while, or after, it is not told. */
  second(second: number): readonly SimulatedTrace[] | undefined {
    return this.#seconds.get(second);
  }

  /** Tells what happened up to an instant, and a piece of the time before the beginning. */
  *advance(now: number): Generator<void> {
    const present = Math.floor(now / 1000);
    // A machine that slept has nothing to tell of that time.
    this.#next = Math.max(this.#next, present - 60);
    for (; this.#next < present; this.#next++) {
      yield* this.#tell(this.#next);
    }
    this.#forgetBefore(this.#next - KEPT_SECONDS);
    yield* this.#backfill(20);
  }

  *#backfill(seconds: number): Generator<void> {
    const { startedAt, backfillSeconds } = this.#options;
    const first = Math.floor(startedAt / 1000) - backfillSeconds;
    for (let count = 0; count < seconds; count++) {
      if (this.#backfilled <= first) return;
      this.#backfilled--;
      yield* this.#tell(this.#backfilled);
    }
  }

  *#tell(second: number): Generator<void> {
    const { engines, shape, seed, density } = this.#options;
    const traces: SimulatedTrace[] = [];
    for (const engine of engines) {
      const traffic = shape.at(second * 1000) + engine.effects.extraTraffic;
      for (const [index, { entry, flow }] of engine.entries.entries()) {
        const { source } = flow.options;
        if (entry.via === 'gateway' && !source?.readyPods) continue;
        const random = createRandom(seed).fork(
          `${entry.host}#${index}@${second}`,
        );
        const rate = entry.requestsPerSecond * traffic;
        const count = about(random, Math.min(rate, density * Math.sqrt(rate)));
        for (let number = 0; number < count; number++) {
          const at = second * 1000 + random.next() * 1000;
          traces.push(walkTrace(engine, flow, at, random));
        }
      }
      yield;
    }
    traces.sort((first, other) => first.startedAt - other.startedAt);
    this.#seconds.set(second, traces);
    traces.forEach(trace => this.#byId.set(trace.id, trace));
  }

  #forgetBefore(oldest: number): void {
    for (const [second, traces] of this.#seconds) {
      if (second >= oldest) continue;
      traces.forEach(({ id }) => this.#byId.delete(id));
      this.#seconds.delete(second);
    }
  }

  /** Traces that began in a span of time, the oldest first. */
  *between(from: number, to: number): Generator<SimulatedTrace> {
    const last = Math.min(Math.floor(to / 1000), this.#next);
    const oldest = Math.floor(this.oldestAt / 1000);
    for (
      let second = Math.max(Math.floor(from / 1000), oldest);
      second <= last;
      second++
    ) {
      for (const trace of this.#seconds.get(second) ?? []) {
        if (trace.startedAt >= from && trace.startedAt < to) yield trace;
      }
    }
  }

  /** Traces that may have something in a span of time. */
  touching(from: number, to: number): Generator<SimulatedTrace> {
    return this.between(from - LONGEST_SECONDS * 1000, to);
  }

  find(id: string): SimulatedTrace | undefined {
    return this.#byId.get(id);
  }
}
