/**
 * A compensated sum (Kahan's method in Neumaier's variant), which Prometheus
 * uses so that adding many numbers loses no precision.
 */
export class CompensatedSum {
  #sum = 0;
  #compensation = 0;

  add(increment: number): void {
    const total = this.#sum + increment;
    if (!Number.isFinite(total)) this.#compensation = 0;
    else if (Math.abs(this.#sum) >= Math.abs(increment)) {
      this.#compensation += this.#sum - total + increment;
    } else {
      this.#compensation += increment - total + this.#sum;
    }
    this.#sum = total;
  }

  get value(): number {
    return this.#sum + this.#compensation;
  }
}

/** Mean of values[from, to) without overflow where the sum would overflow. */
export function meanOf(
  values: ArrayLike<number>,
  from: number,
  to: number,
): number {
  const sum = new CompensatedSum();
  for (let index = from; index < to; index++) sum.add(values[index]);
  const mean = sum.value / (to - from);
  if (Number.isFinite(mean) || Number.isNaN(mean)) return mean;
  let incremental = 0;
  for (let index = from; index < to; index++) {
    const value = values[index];
    const count = index - from + 1;
    if (!Number.isFinite(incremental)) {
      const sameInfinity = value === incremental;
      if (sameInfinity || Number.isFinite(value)) continue;
    }
    incremental += value / count - incremental / count;
  }
  return incremental;
}

/** Population variance of values[from, to) (Welford's method). */
export function varianceOf(
  values: ArrayLike<number>,
  from: number,
  to: number,
): number {
  const mean = new CompensatedSum();
  const squares = new CompensatedSum();
  for (let index = from; index < to; index++) {
    const delta = values[index] - mean.value;
    mean.add(delta / (index - from + 1));
    squares.add(delta * (values[index] - mean.value));
  }
  return squares.value / (to - from);
}

/**
 * The q-quantile of unsorted values with linear interpolation, NaN counting
 * as the smallest value; q outside [0, 1] gives an infinity.
 */
export function quantileOf(q: number, values: Float64Array): number {
  if (values.length === 0 || Number.isNaN(q)) return NaN;
  if (q < 0) return -Infinity;
  if (q > 1) return Infinity;
  // Typed arrays sort NaN last: move it to the front.
  const sorted = values.slice().sort();
  const numbers = sorted.findIndex(Number.isNaN);
  if (numbers >= 0) {
    const ordered = sorted.slice(0, numbers);
    sorted.fill(NaN, 0, sorted.length - numbers);
    sorted.set(ordered, sorted.length - numbers);
  }
  const rank = q * (sorted.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(sorted.length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return sorted[lower] * (1 - weight) + sorted[upper] * weight;
}
