import { ExecutionError } from '../promql/errors';
import type { EvaluationContext } from './context';
import { distinctLabels } from './label-groups';
import type { LabelSet } from './query-labels';
import { StepVector } from './vector';

/** Label sets of a vector that lose their metric name, and whether two may have become equal. */
class NameDropper {
  readonly #context: EvaluationContext;
  #dropped: number | undefined;
  /** More than one metric name was seen, so label sets may now be equal. */
  mixed = false;
  #first = true;

  constructor(context: EvaluationContext) {
    this.#context = context;
  }

  drop(labels: LabelSet): LabelSet {
    const result: number[] = [];
    let dropped: number | undefined;
    for (const pair of labels) {
      if (this.#context.labels.nameOf(pair) === '__name__') dropped = pair;
      else result.push(pair);
    }
    if (!this.#first && dropped !== this.#dropped) this.mixed = true;
    this.#first = false;
    this.#dropped = dropped;
    return result;
  }
}

/** Refuses a vector in which two rows with equal labels have a value at one step. */
export async function requireDistinct(
  context: EvaluationContext,
  vector: StepVector,
): Promise<StepVector> {
  const groups = distinctLabels(context.labels);
  const merged = new StepVector(vector.steps, vector.rows);
  for (let row = 0; row < vector.rows; row++) {
    const target = groups.place(vector.labels[row]);
    if (target === merged.rows) merged.addRow(vector.labels[row]);
    for (let step = 0; step < vector.steps; step++) {
      if (!vector.has(row, step)) continue;
      if (merged.has(target, step)) {
        throw new ExecutionError(
          'vector cannot contain metrics with the same labelset',
        );
      }
      merged.set(target, step, vector.get(row, step));
    }
    if (context.pacer.spend(8 + vector.steps)) await context.pacer.pause();
  }
  return merged;
}

/**
 * Applies a function to every value. The metric name is dropped, as
 * Prometheus does wherever the value no longer means what the name says.
 *
 * @param convert - undefined leaves the sample out
 */
export async function mapVector(
  context: EvaluationContext,
  source: StepVector,
  convert: (value: number, step: number) => number | undefined,
  keepName = false,
): Promise<StepVector> {
  const dropper = new NameDropper(context);
  const result = new StepVector(source.steps, source.rows);
  for (let row = 0; row < source.rows; row++) {
    const labels = source.labels[row];
    const target = result.addRow(keepName ? labels : dropper.drop(labels));
    let found = false;
    for (let step = 0; step < source.steps; step++) {
      if (!source.has(row, step)) continue;
      const value = convert(source.get(row, step), step);
      if (value === undefined) continue;
      result.set(target, step, value);
      found = true;
    }
    if (!found) result.dropLastRow();
    if (context.pacer.spend(4 + source.steps)) await context.pacer.pause();
  }
  return dropper.mixed ? requireDistinct(context, result) : result;
}
