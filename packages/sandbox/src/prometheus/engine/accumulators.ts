import type { AggregationOperator } from '../promql/ast';
import { quantileOf } from './kahan';

/** Aggregations that give one value per group. */
export type FoldingOperator = Exclude<
  AggregationOperator,
  'topk' | 'bottomk' | 'count_values' | 'limitk' | 'limit_ratio'
>;

/**
 * Folds values into numbered cells, one per group and step. Its state lies in
 * plain arrays of numbers: a chart can have millions of cells.
 */
export abstract class Cells {
  protected counts = new Uint32Array(64);

  has(cell: number): boolean {
    return cell < this.counts.length && this.counts[cell] > 0;
  }

  add(cell: number, value: number): void {
    if (cell >= this.counts.length) {
      const size = Math.max(cell + 1, this.counts.length * 2);
      const counts = new Uint32Array(size);
      counts.set(this.counts);
      this.counts = counts;
      this.grow(size);
    }
    this.counts[cell] += 1;
    this.fold(cell, value, this.counts[cell]);
  }

  /** @param count - values in the cell, this one included */
  protected abstract fold(cell: number, value: number, count: number): void;

  protected abstract grow(size: number): void;

  /** The result of a cell that has at least one value. */
  abstract result(cell: number): number;
}

function grown(array: Float64Array, size: number): Float64Array {
  const larger = new Float64Array(size);
  larger.set(array);
  return larger;
}

/** Compensated sums (see CompensatedSum), and means where they are asked for. */
class Sums extends Cells {
  #sums = new Float64Array(64);
  #compensations = new Float64Array(64);
  /** Incremental means, for sums that overflow although every value is finite. */
  #means: Float64Array | undefined;

  constructor(mean: boolean) {
    super();
    if (mean) this.#means = new Float64Array(64);
  }

  protected fold(cell: number, value: number, count: number): void {
    const before = this.#sums[cell];
    const total = before + value;
    if (!Number.isFinite(total)) this.#compensations[cell] = 0;
    else if (Math.abs(before) >= Math.abs(value)) {
      this.#compensations[cell] += before - total + value;
    } else this.#compensations[cell] += value - total + before;
    this.#sums[cell] = total;
    if (this.#means) {
      this.#means[cell] += value / count - this.#means[cell] / count;
    }
  }

  protected grow(size: number): void {
    this.#sums = grown(this.#sums, size);
    this.#compensations = grown(this.#compensations, size);
    this.#means = this.#means && grown(this.#means, size);
  }

  result(cell: number): number {
    const sum = this.#sums[cell] + this.#compensations[cell];
    if (!this.#means) return sum;
    const overflowed = !Number.isFinite(sum);
    // With an infinite or missing value among them, the mean is not finite either.
    if (overflowed && Number.isFinite(this.#means[cell])) {
      return this.#means[cell];
    }
    return sum / this.counts[cell];
  }
}

/** The smallest or largest; NaN only where there is nothing else. */
class Extremes extends Cells {
  #values = new Float64Array(64);
  readonly #sign: number;

  /** @param sign - 1 for the largest, -1 for the smallest */
  constructor(sign: 1 | -1) {
    super();
    this.#sign = sign;
  }

  protected fold(cell: number, value: number, count: number): void {
    const known = this.#values[cell];
    const better = this.#sign * value > this.#sign * known;
    if (count === 1 || better || Number.isNaN(known)) {
      this.#values[cell] = value;
    }
  }

  protected grow(size: number): void {
    this.#values = grown(this.#values, size);
  }

  result(cell: number): number {
    return this.#values[cell];
  }
}

class Counts extends Cells {
  protected fold(): void {
    // The count is kept anyway.
  }

  protected grow(): void {
    // Nothing else is.
  }

  result(cell: number): number {
    return this.counts[cell];
  }
}

/** group(): says only that there was something. */
class Ones extends Counts {
  override result(): number {
    return 1;
  }
}

/** Population variance by Welford's method. */
class Variances extends Cells {
  #means = new Float64Array(64);
  #squares = new Float64Array(64);

  protected fold(cell: number, value: number, count: number): void {
    const delta = value - this.#means[cell];
    this.#means[cell] += delta / count;
    this.#squares[cell] += delta * (value - this.#means[cell]);
  }

  protected grow(size: number): void {
    this.#means = grown(this.#means, size);
    this.#squares = grown(this.#squares, size);
  }

  result(cell: number): number {
    return this.#squares[cell] / this.counts[cell];
  }
}

class Deviations extends Variances {
  override result(cell: number): number {
    return Math.sqrt(super.result(cell));
  }
}

class Quantiles extends Cells {
  readonly #values: number[][] = [];
  readonly #quantileOfCell: (cell: number) => number;

  constructor(quantileOfCell: (cell: number) => number) {
    super();
    this.#quantileOfCell = quantileOfCell;
  }

  protected fold(cell: number, value: number): void {
    this.#values[cell] ??= [];
    this.#values[cell].push(value);
  }

  protected grow(): void {
    // Lists grow by themselves.
  }

  result(cell: number): number {
    const values = Float64Array.from(this.#values[cell]);
    return quantileOf(this.#quantileOfCell(cell), values);
  }
}

/** @param parameterOf - the scalar argument that holds for a cell */
export function createCells(
  operator: FoldingOperator,
  parameterOf: (cell: number) => number,
): Cells {
  switch (operator) {
    case 'sum':
      return new Sums(false);
    case 'avg':
      return new Sums(true);
    case 'min':
      return new Extremes(-1);
    case 'max':
      return new Extremes(1);
    case 'count':
      return new Counts();
    case 'group':
      return new Ones();
    case 'stdvar':
      return new Variances();
    case 'stddev':
      return new Deviations();
    default:
      return new Quantiles(parameterOf);
  }
}
