import type { AggregateExpression } from '../promql/ast';
import { ExecutionError } from '../promql/errors';
import { formatFloat } from '../number-format';
import { type Accumulator, createAccumulator } from './accumulators';
import type { EvaluationContext } from './context';
import type { Evaluate } from './evaluate';
import { PairFilter } from './pair-filter';
import type { LabelSet } from './query-labels';
import { StepVector } from './vector';

/** Rows of a source vector that share their grouping labels. */
interface Group {
  labels: LabelSet;
  rows: number[];
}

async function groupRows(
  context: EvaluationContext,
  aggregation: AggregateExpression,
  source: StepVector,
): Promise<Group[]> {
  const { grouping, without } = aggregation;
  const filter = without
    ? new PairFilter(context.labels, [...grouping, '__name__'], false)
    : new PairFilter(context.labels, grouping, true);
  const groups = new Map<string, Group>();
  for (let row = 0; row < source.rows; row++) {
    const key = filter.key(source.labels[row]);
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else {
      groups.set(key, {
        labels: filter.apply(source.labels[row]),
        rows: [row],
      });
    }
    if (context.pacer.spend(16)) await context.pacer.pause();
  }
  return [...groups.values()];
}

async function fold(
  context: EvaluationContext,
  groups: readonly Group[],
  source: StepVector,
  create: (step: number) => Accumulator,
): Promise<StepVector> {
  const result = new StepVector(source.steps, groups.length);
  for (const group of groups) {
    const target = result.addRow(group.labels);
    const accumulators: (Accumulator | undefined)[] = new Array(source.steps);
    for (const row of group.rows) {
      for (let step = 0; step < source.steps; step++) {
        if (!source.has(row, step)) continue;
        let accumulator = accumulators[step];
        if (!accumulator) {
          accumulator = create(step);
          accumulators[step] = accumulator;
        }
        accumulator.add(source.get(row, step));
      }
      if (context.pacer.spend(8 + source.steps)) await context.pacer.pause();
    }
    accumulators.forEach((accumulator, step) => {
      if (accumulator) result.set(target, step, accumulator.result);
    });
  }
  return result;
}

/** Adds rows on first use, by label set key. */
function rowKeeper(
  result: StepVector,
): (row: number, labels: LabelSet) => number {
  const rows = new Map<number, number>();
  return (row, labels) => {
    let target = rows.get(row);
    if (target === undefined) {
      target = result.addRow(labels);
      rows.set(row, target);
    }
    return target;
  };
}

/** topk, bottomk and limitk: keeps whole series instead of folding them. */
async function choose(
  context: EvaluationContext,
  operator: 'topk' | 'bottomk' | 'limitk',
  counts: Float64Array,
  groups: readonly Group[],
  source: StepVector,
): Promise<StepVector> {
  const result = new StepVector(source.steps);
  const keep = rowKeeper(result);
  const sign = operator === 'topk' ? -1 : 1;
  for (const { rows } of groups) {
    for (let step = 0; step < source.steps; step++) {
      const count = counts[step];
      if (!Number.isFinite(count) && Number.isNaN(count)) {
        throw new ExecutionError('Parameter value is NaN');
      }
      let present = rows.filter(row => source.has(row, step));
      if (operator !== 'limitk') {
        present = present.sort((left, right) => {
          const a = source.get(left, step);
          const b = source.get(right, step);
          if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
          if (Number.isNaN(b)) return -1;
          return sign * (a - b);
        });
      }
      for (const row of present.slice(0, Math.max(0, Math.trunc(count)))) {
        result.set(keep(row, source.labels[row]), step, source.get(row, step));
      }
      if (context.pacer.spend(rows.length * 4)) await context.pacer.pause();
    }
  }
  return result;
}

/** count_values: one row per group and distinct value. */
async function countValues(
  context: EvaluationContext,
  label: string,
  groups: readonly Group[],
  source: StepVector,
): Promise<StepVector> {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)) {
    throw new ExecutionError(`invalid label name "${label}"`);
  }
  const result = new StepVector(source.steps);
  const targets = new Map<string, number>();
  for (const group of groups) {
    for (const row of group.rows) {
      for (let step = 0; step < source.steps; step++) {
        if (!source.has(row, step)) continue;
        const text = formatFloat(source.get(row, step));
        const labels = context.labels.with(group.labels, label, text);
        const key = labels.join();
        const target = targets.get(key) ?? result.addRow(labels);
        targets.set(key, target);
        const before = result.has(target, step) ? result.get(target, step) : 0;
        result.set(target, step, before + 1);
      }
      if (context.pacer.spend(64 * source.steps)) await context.pacer.pause();
    }
  }
  return result;
}

/** Evaluates an aggregation. */
export async function aggregate(
  context: EvaluationContext,
  aggregation: AggregateExpression,
  evaluate: Evaluate,
): Promise<StepVector> {
  const { operator, parameter } = aggregation;
  const argument = parameter && (await evaluate(context, parameter));
  const source = await evaluate(context, aggregation.expression);
  if (source.type !== 'vector') {
    throw new ExecutionError('aggregation over something that is no vector');
  }
  const groups = await groupRows(context, aggregation, source.vector);
  const numbers =
    argument?.type === 'scalar' ? argument.values : new Float64Array(0);
  switch (operator) {
    case 'topk':
    case 'bottomk':
    case 'limitk':
      return choose(context, operator, numbers, groups, source.vector);
    case 'count_values':
      return countValues(
        context,
        argument?.type === 'string' ? argument.value : '',
        groups,
        source.vector,
      );
    case 'limit_ratio':
      throw new ExecutionError('limit_ratio is not supported');
    default:
      return fold(context, groups, source.vector, step =>
        createAccumulator(operator, numbers[step]),
      );
  }
}
