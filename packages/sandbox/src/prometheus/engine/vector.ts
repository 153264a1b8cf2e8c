import { requireAffordable } from './limits';
import type { LabelSet } from './query-labels';

/**
 * The value of an instant-vector expression at every step of a query: one
 * row per series, one column per step. An instant query has one step.
 */
export class StepVector {
  readonly steps: number;
  readonly labels: LabelSet[] = [];
  #values: Float64Array;
  #present: Uint8Array;

  constructor(steps: number, expectedRows = 16) {
    this.steps = steps;
    requireAffordable(steps * expectedRows);
    this.#values = new Float64Array(steps * expectedRows);
    this.#present = new Uint8Array(steps * expectedRows);
  }

  get rows(): number {
    return this.labels.length;
  }

  /** Values in row order; meaningless where `present` is 0. */
  get values(): Float64Array {
    return this.#values;
  }

  get present(): Uint8Array {
    return this.#present;
  }

  /** Adds an empty row and returns its number. */
  addRow(labels: LabelSet): number {
    const row = this.labels.length;
    this.labels.push(labels);
    const needed = (row + 1) * this.steps;
    requireAffordable(needed);
    if (needed > this.#values.length) {
      const size = Math.max(needed, this.#values.length * 2);
      const values = new Float64Array(size);
      const present = new Uint8Array(size);
      values.set(this.#values);
      present.set(this.#present);
      this.#values = values;
      this.#present = present;
    }
    return row;
  }

  set(row: number, step: number, value: number): void {
    const index = row * this.steps + step;
    this.#values[index] = value;
    this.#present[index] = 1;
  }

  has(row: number, step: number): boolean {
    return this.#present[row * this.steps + step] === 1;
  }

  get(row: number, step: number): number {
    return this.#values[row * this.steps + step];
  }

  /** Takes back the last row, for one that turned out to hold nothing. */
  dropLastRow(): void {
    this.labels.pop();
    const from = this.labels.length * this.steps;
    this.#present.fill(0, from, from + this.steps);
  }
}

/** A scalar at every step. */
export interface StepScalar {
  values: Float64Array;
}
