import { type Cells, createCells, type FoldingOperator } from './accumulators';
import type { EvaluationContext } from './context';
import { requireAffordable } from './limits';
import { LabelGroups, type PairFilter } from './label-groups';
import type { LabelSet } from './query-labels';
import type { RowSink } from './row-sink';
import { StepVector } from './vector';

/** Folds rows into one value per group and step as they arrive. */
export class FoldingSink implements RowSink {
  readonly #context: EvaluationContext;
  readonly #groups: LabelGroups;
  /** By group, then by step. */
  readonly #cells: Cells;

  /** @param parameters - the scalar argument at each step, where the operator takes one */
  constructor(
    context: EvaluationContext,
    filter: PairFilter,
    operator: FoldingOperator,
    parameters: Float64Array,
  ) {
    this.#context = context;
    this.#groups = new LabelGroups(filter);
    this.#cells = createCells(
      operator,
      cell => parameters[cell % context.times.length],
    );
  }

  open(labels: LabelSet): number {
    const group = this.#groups.place(labels);
    requireAffordable((group + 1) * this.#context.times.length);
    return group;
  }

  set(group: number, step: number, value: number): void {
    this.#cells.add(group * this.#context.times.length + step, value);
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
        const cell = row * times.length + step;
        if (this.#cells.has(cell)) {
          result.set(row, step, this.#cells.result(cell));
        }
      }
      if (pacer.spend(4 + times.length)) await pacer.pause();
    }
    return result;
  }
}
