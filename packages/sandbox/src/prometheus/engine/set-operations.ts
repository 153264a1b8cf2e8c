import type { BinaryExpression } from '../promql/ast';
import type { EvaluationContext } from './context';
import { PairFilter, keyOf } from './pair-filter';
import type { LabelSet } from './query-labels';
import { StepVector } from './vector';

/** The part of a label set by which two vectors are matched. */
export function matchingFilter(
  context: EvaluationContext,
  expression: BinaryExpression,
): PairFilter {
  const { on, labels } = expression.matching;
  return on
    ? new PairFilter(context.labels, labels, true)
    : new PairFilter(context.labels, [...labels, '__name__'], false);
}

/** Which signatures have a sample at which steps. */
async function presenceOf(
  context: EvaluationContext,
  filter: PairFilter,
  source: StepVector,
): Promise<Map<string, Uint8Array>> {
  const presence = new Map<string, Uint8Array>();
  for (let row = 0; row < source.rows; row++) {
    const key = filter.key(source.labels[row]);
    let steps = presence.get(key);
    if (!steps) {
      steps = new Uint8Array(source.steps);
      presence.set(key, steps);
    }
    for (let step = 0; step < source.steps; step++) {
      if (source.has(row, step)) steps[step] = 1;
    }
    if (context.pacer.spend(16 + source.steps)) await context.pacer.pause();
  }
  return presence;
}

/** Collects rows, those of equal label sets into one. */
class Collector {
  readonly result: StepVector;
  readonly #rows = new Map<string, number>();

  constructor(steps: number) {
    this.result = new StepVector(steps);
  }

  add(labels: LabelSet, step: number, value: number): void {
    const key = keyOf(labels);
    let row = this.#rows.get(key);
    if (row === undefined) {
      row = this.result.addRow(labels);
      this.#rows.set(key, row);
    }
    this.result.set(row, step, value);
  }
}

/** and, or, unless. */
export async function combineSets(
  context: EvaluationContext,
  expression: BinaryExpression,
  left: StepVector,
  right: StepVector,
): Promise<StepVector> {
  const filter = matchingFilter(context, expression);
  const { operator } = expression;
  const collector = new Collector(left.steps);
  const keep = async (
    source: StepVector,
    others: Map<string, Uint8Array> | undefined,
    wanted: boolean,
  ) => {
    for (let row = 0; row < source.rows; row++) {
      const steps = others?.get(filter.key(source.labels[row]));
      for (let step = 0; step < source.steps; step++) {
        if (!source.has(row, step)) continue;
        if (others && (steps?.[step] === 1) !== wanted) continue;
        collector.add(source.labels[row], step, source.get(row, step));
      }
      if (context.pacer.spend(32 + source.steps)) await context.pacer.pause();
    }
  };
  if (operator === 'or') {
    const known = await presenceOf(context, filter, left);
    await keep(left, undefined, true);
    await keep(right, known, false);
  } else {
    const known = await presenceOf(context, filter, right);
    await keep(left, known, operator === 'and');
  }
  return collector.result;
}
