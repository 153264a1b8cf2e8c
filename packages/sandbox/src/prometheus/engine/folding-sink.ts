import {
  type Accumulator,
  createAccumulator,
  type FoldingOperator,
} from './accumulators';
import type { EvaluationContext } from './context';
import { LabelGroups, type PairFilter } from './label-groups';
import type { LabelSet } from './query-labels';
import type { RowSink } from './row-sink';
import { StepVector } from './vector';

/** Folds rows into one value per group and step as they arrive. */
export class FoldingSink implements RowSink {
  readonly #context: EvaluationContext;
  readonly #groups: LabelGroups;
  readonly #operator: FoldingOperator;
  readonly #parameters: Float64Array;
  /** By group, then by step. */
  readonly #accumulators: (Accumulator | undefined)[] = [];

  /** @param parameters - the scalar argument at each step, where the operator takes one */
  constructor(
    context: EvaluationContext,
    filter: PairFilter,
    operator: FoldingOperator,
    parameters: Float64Array,
  ) {
    this.#context = context;
    this.#groups = new LabelGroups(filter);
    this.#operator = operator;
    this.#parameters = parameters;
  }

  open(labels: LabelSet): number {
    return this.#groups.place(labels);
  }

  set(group: number, step: number, value: number): void {
    const index = group * this.#context.times.length + step;
    let accumulator = this.#accumulators[index];
    if (!accumulator) {
      accumulator = createAccumulator(this.#operator, this.#parameters[step]);
      this.#accumulators[index] = accumulator;
    }
    accumulator.add(value);
  }

  /** Takes in a whole vector. */
  async addAll(source: StepVector): Promise<void> {
    const { pacer } = this.#context;
    for (let row = 0; row < source.rows; row++) {
      const group = this.open(source.labels[row]);
      for (let step = 0; step < source.steps; step++) {
        if (source.has(row, step)) this.set(group, step, source.get(row, step));
      }
      if (pacer.spend(8 + source.steps)) await pacer.pause();
    }
  }

  async result(): Promise<StepVector> {
    const { times, pacer } = this.#context;
    const result = new StepVector(times.length, this.#groups.labels.length);
    for (const labels of this.#groups.labels) {
      const row = result.addRow(labels);
      for (let step = 0; step < times.length; step++) {
        const accumulator = this.#accumulators[row * times.length + step];
        if (accumulator) result.set(row, step, accumulator.result);
      }
      if (pacer.spend(4 + times.length)) await pacer.pause();
    }
    return result;
  }
}
