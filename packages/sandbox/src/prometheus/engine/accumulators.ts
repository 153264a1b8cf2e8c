import type { AggregationOperator } from '../promql/ast';
import { CompensatedSum, quantileOf } from './kahan';

/** Gathers the values of one group at one step. */
export interface Accumulator {
  add(value: number): void;
  readonly result: number;
}

class Sum implements Accumulator {
  readonly #sum = new CompensatedSum();

  add(value: number): void {
    this.#sum.add(value);
  }

  get result(): number {
    return this.#sum.value;
  }
}

/** The mean: a compensated sum, or an incremental mean once that sum overflows. */
class Average implements Accumulator {
  readonly #sum = new CompensatedSum();
  #count = 0;
  #incremental = 0;
  #finite = true;

  add(value: number): void {
    this.#count += 1;
    this.#sum.add(value);
    if (!Number.isFinite(value)) this.#finite = false;
    this.#incremental += value / this.#count - this.#incremental / this.#count;
  }

  get result(): number {
    const sum = this.#sum.value;
    if (!Number.isFinite(sum) && this.#finite) return this.#incremental;
    return sum / this.#count;
  }
}

/** The smallest or largest; NaN only where there is nothing else. */
class Extreme implements Accumulator {
  readonly #better: (left: number, right: number) => boolean;
  #value = NaN;

  constructor(better: (left: number, right: number) => boolean) {
    this.#better = better;
  }

  add(value: number): void {
    if (Number.isNaN(this.#value) || this.#better(value, this.#value)) {
      this.#value = value;
    }
  }

  get result(): number {
    return this.#value;
  }
}

class Count implements Accumulator {
  #count = 0;

  add(): void {
    this.#count += 1;
  }

  get result(): number {
    return this.#count;
  }
}

class One implements Accumulator {
  readonly result = 1;

  add(): void {
    // group() says only that there was something.
  }
}

/** Population variance by Welford's method. */
class Variance implements Accumulator {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#count += 1;
    const delta = value - this.#mean;
    this.#mean += delta / this.#count;
    this.#squares += delta * (value - this.#mean);
  }

  get result(): number {
    return this.#squares / this.#count;
  }
}

class Deviation extends Variance {
  override get result(): number {
    return Math.sqrt(super.result);
  }
}

class Quantile implements Accumulator {
  readonly #values: number[] = [];
  readonly #quantile: number;

  constructor(quantile: number) {
    this.#quantile = quantile;
  }

  add(value: number): void {
    this.#values.push(value);
  }

  get result(): number {
    return quantileOf(this.#quantile, Float64Array.from(this.#values));
  }
}

/** Aggregations that give one value per group. */
export type FoldingOperator = Exclude<
  AggregationOperator,
  'topk' | 'bottomk' | 'count_values' | 'limitk' | 'limit_ratio'
>;

export function createAccumulator(
  operator: FoldingOperator,
  parameter: number,
): Accumulator {
  switch (operator) {
    case 'sum':
      return new Sum();
    case 'avg':
      return new Average();
    case 'min':
      return new Extreme((left, right) => left < right);
    case 'max':
      return new Extreme((left, right) => left > right);
    case 'count':
      return new Count();
    case 'group':
      return new One();
    case 'stdvar':
      return new Variance();
    case 'stddev':
      return new Deviation();
    default:
      return new Quantile(parameter);
  }
}
