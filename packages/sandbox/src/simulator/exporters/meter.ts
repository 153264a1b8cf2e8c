import type {
  HistogramWriter,
  Labels,
  SampleSink,
  SeriesWriter,
} from '../../prometheus/storage';
import type { PastTime } from '../telemetry/pastTime';
import type { Moments } from '../traffic/duration';
import { normalShare } from '../traffic/duration';

/** How fast a counter of a component runs. */
export interface MeterRates {
  /** Per second, whatever the traffic. */
  basePerSecond: number;
  /** Per second at the mean of the day, in proportion to the traffic. */
  trafficPerSecond: number;
  /** When it began to count, milliseconds since the Unix epoch. */
  since: number;
}

/** Value of such a counter at an instant, from its beginning on. */
export function meterAt(
  past: PastTime,
  rates: MeterRates,
  milliseconds: number,
): number | undefined {
  if (milliseconds < rates.since) return undefined;
  return (
    (rates.basePerSecond * (milliseconds - rates.since)) / 1000 +
    rates.trafficPerSecond *
      (past.integral(milliseconds) - past.integral(rates.since))
  );
}

/** A counter of a component outside the mesh's traffic, with its past. */
export class Meter {
  #value: number;
  readonly #writer: SeriesWriter;

  constructor(
    sink: SampleSink,
    past: PastTime,
    name: string,
    labels: Labels,
    rates: MeterRates,
    now: number,
    private readonly whole = false,
  ) {
    const at = (milliseconds: number) => meterAt(past, rates, milliseconds);
    this.#value = at(now) ?? 0;
    this.#writer = sink.open(name, labels, milliseconds => {
      const value = at(milliseconds);
      return whole && value !== undefined ? Math.floor(value) : value;
    });
  }

  /** Adds and publishes. */
  add(amount: number): void {
    this.#value += amount;
    this.#writer.set(this.whole ? Math.floor(this.#value) : this.#value);
  }

  end(): void {
    this.#writer.end();
  }
}

/** A histogram of a component whose response times hardly change. */
export class HistogramMeter {
  #count: number;
  readonly #writer: HistogramWriter;
  readonly #shares: number[];

  /** @param moments of the observed values, in the unit of the bounds */
  constructor(
    sink: SampleSink,
    past: PastTime,
    name: string,
    labels: Labels,
    rates: MeterRates,
    now: number,
    bounds: readonly number[],
    private readonly moments: Moments,
  ) {
    const square = Math.log(1 + moments.variance / moments.mean ** 2);
    const location = Math.log(moments.mean) - square / 2;
    this.#shares = [...bounds, Infinity].map(bound =>
      Number.isFinite(bound)
        ? normalShare((Math.log(bound) - location) / Math.sqrt(square))
        : 1,
    );
    const at = (milliseconds: number) => meterAt(past, rates, milliseconds);
    this.#count = at(now) ?? 0;
    this.#writer = sink.openHistogram(name, labels, milliseconds => {
      const count = at(milliseconds);
      return count === undefined ? undefined : this.#buckets(count);
    });
  }

  /** Adds observations and publishes. */
  add(amount: number): void {
    this.#count += amount;
    const { counts, sum } = this.#buckets(this.#count);
    this.#writer.set(counts, sum);
  }

  end(): void {
    this.#writer.end();
  }

  #buckets(count: number) {
    const whole = Math.floor(count);
    return {
      counts: this.#shares.map(share => Math.floor(whole * share)),
      sum: whole * this.moments.mean,
    };
  }
}

/** A gauge that breathes around a mean, in closed form. */
export function waveAt(
  mean: number,
  amplitudeShare: number,
  periodSeconds: number,
  phase: number,
  milliseconds: number,
): number {
  return (
    mean *
    (1 +
      amplitudeShare *
        Math.sin((milliseconds / 1000 / periodSeconds + phase) * 2 * Math.PI))
  );
}
