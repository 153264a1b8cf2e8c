import { formatFloat } from '../number-format';
import { isLabelName } from '../promql/dialect';
import { ExecutionError } from '../promql/errors';
import type { EvaluationContext } from './context';
import { distinctLabels } from './label-groups';
import type { LabelSet } from './query-labels';
import { StepVector } from './vector';

/** Rows of a vector that share their grouping labels. */
export interface RowGroup {
  labels: LabelSet;
  rows: number[];
}

/** Aggregations that keep whole series instead of folding them. */
export type Choosing = 'topk' | 'bottomk' | 'limitk';

/** Orders rows by value at a step, NaN last. */
function order(
  source: StepVector,
  step: number,
  sign: number,
): (left: number, right: number) => number {
  return (left, right) => {
    const a = source.get(left, step);
    const b = source.get(right, step);
    if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
    if (Number.isNaN(b)) return -1;
    if (a === b) return 0;
    return a < b ? -sign : sign;
  };
}

/** The first `count` rows in an order, without sorting the rest. */
function firstInOrder(
  rows: readonly number[],
  count: number,
  compare: (left: number, right: number) => number,
): number[] {
  if (count * 8 > rows.length) return [...rows].sort(compare).slice(0, count);
  const best: number[] = [];
  for (const row of rows) {
    const full = best.length === count;
    if (full && compare(row, best[count - 1]) >= 0) continue;
    let low = 0;
    let high = best.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (compare(row, best[middle]) < 0) high = middle;
      else low = middle + 1;
    }
    best.splice(low, 0, row);
    if (full) best.pop();
  }
  return best;
}

/** topk, bottomk and limitk. */
export async function chooseRows(
  context: EvaluationContext,
  operator: Choosing,
  counts: Float64Array,
  groups: readonly RowGroup[],
  source: StepVector,
): Promise<StepVector> {
  const result = new StepVector(source.steps);
  const targets = new Map<number, number>();
  const sign = operator === 'topk' ? -1 : 1;
  for (const { rows } of groups) {
    for (let step = 0; step < source.steps; step++) {
      if (Number.isNaN(counts[step])) {
        throw new ExecutionError('Parameter value is NaN');
      }
      const present = rows.filter(row => source.has(row, step));
      const count = Math.max(0, Math.trunc(counts[step]));
      const chosen =
        operator === 'limitk' || count === 0
          ? present.slice(0, count)
          : firstInOrder(present, count, order(source, step, sign));
      for (const row of chosen) {
        let target = targets.get(row);
        if (target === undefined) {
          target = result.addRow(source.labels[row]);
          targets.set(row, target);
        }
        result.set(target, step, source.get(row, step));
      }
      if (context.pacer.spend(rows.length * 4)) await context.pacer.pause();
    }
  }
  return result;
}

/** count_values: one row per group and distinct value. */
export async function countValues(
  context: EvaluationContext,
  label: string,
  groups: readonly RowGroup[],
  source: StepVector,
): Promise<StepVector> {
  if (!isLabelName(label, context.dialect)) {
    throw new ExecutionError(`invalid label name "${label}"`);
  }
  const result = new StepVector(source.steps);
  const targets = distinctLabels(context.labels);
  for (const group of groups) {
    for (const row of group.rows) {
      for (let step = 0; step < source.steps; step++) {
        if (!source.has(row, step)) continue;
        const text = formatFloat(source.get(row, step));
        const labels = context.labels.with(group.labels, label, text);
        const target = targets.place(labels);
        if (target === result.rows) result.addRow(labels);
        const before = result.has(target, step) ? result.get(target, step) : 0;
        result.set(target, step, before + 1);
      }
      if (context.pacer.spend(64 * source.steps)) await context.pacer.pause();
    }
  }
  return result;
}
