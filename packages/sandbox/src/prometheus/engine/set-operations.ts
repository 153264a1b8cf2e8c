import type { BinaryExpression } from '../promql/ast';
import type { EvaluationContext } from './context';
import { LabelGroups, PairFilter, distinctLabels } from './label-groups';
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

/** Which groups of matching labels have a sample at which steps. */
class Presence {
  readonly #groups: LabelGroups;
  readonly #steps: Uint8Array[] = [];

  constructor(filter: PairFilter) {
    this.#groups = new LabelGroups(filter);
  }

  add(source: StepVector, row: number): void {
    const group = this.#groups.place(source.labels[row]);
    this.#steps[group] ??= new Uint8Array(source.steps);
    for (let step = 0; step < source.steps; step++) {
      if (source.has(row, step)) this.#steps[group][step] = 1;
    }
  }

  of(labels: LabelSet): Uint8Array | undefined {
    const group = this.#groups.find(labels);
    return group < 0 ? undefined : this.#steps[group];
  }
}

async function presenceOf(
  context: EvaluationContext,
  filter: PairFilter,
  source: StepVector,
): Promise<Presence> {
  const presence = new Presence(filter);
  for (let row = 0; row < source.rows; row++) {
    presence.add(source, row);
    if (context.pacer.spend(16 + source.steps)) await context.pacer.pause();
  }
  return presence;
}

/** Collects rows, those of equal label sets into one. */
export class DistinctRows {
  readonly vector: StepVector;
  readonly #groups: LabelGroups;

  constructor(context: EvaluationContext) {
    this.vector = new StepVector(context.times.length);
    this.#groups = distinctLabels(context.labels);
  }

  /** The row of a label set, made when it is new. */
  row(labels: LabelSet): number {
    const row = this.#groups.place(labels);
    return row < this.vector.rows ? row : this.vector.addRow(labels);
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
  const result = new DistinctRows(context);
  const keep = async (
    source: StepVector,
    others: Presence | undefined,
    wanted: boolean,
  ) => {
    for (let row = 0; row < source.rows; row++) {
      const steps = others?.of(source.labels[row]);
      let target = -1;
      for (let step = 0; step < source.steps; step++) {
        if (!source.has(row, step)) continue;
        if (others && (steps?.[step] === 1) !== wanted) continue;
        if (target < 0) target = result.row(source.labels[row]);
        result.vector.set(target, step, source.get(row, step));
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
  return result.vector;
}
