import type { AggregateExpression } from '../promql/ast';
import { ExecutionError } from '../promql/errors';
import type { EvaluationContext } from './context';
import type { Evaluate } from './evaluate';
import { FoldingSink } from './folding-sink';
import { LabelGroups, PairFilter } from './label-groups';
import {
  type Choosing,
  chooseRows,
  countValues,
  type RowGroup,
} from './select-rows';
import { streamLeaf } from './stream-leaf';
import type { StepVector } from './vector';

const CHOOSING: readonly string[] = ['topk', 'bottomk', 'limitk'];

function isChoosing(operator: string): operator is Choosing {
  return CHOOSING.includes(operator);
}

function groupingFilter(
  context: EvaluationContext,
  aggregation: AggregateExpression,
): PairFilter {
  const { grouping, without } = aggregation;
  return without
    ? new PairFilter(context.labels, [...grouping, '__name__'], false)
    : new PairFilter(context.labels, grouping, true);
}

async function groupRows(
  context: EvaluationContext,
  filter: PairFilter,
  source: StepVector,
): Promise<RowGroup[]> {
  const groups = new LabelGroups(filter);
  const members: number[][] = [];
  for (let row = 0; row < source.rows; row++) {
    const group = groups.place(source.labels[row]);
    members[group] ??= [];
    members[group].push(row);
    if (context.pacer.spend(16)) await context.pacer.pause();
  }
  return members.map((rows, group) => ({ labels: groups.labels[group], rows }));
}

/** Evaluates an aggregation. */
export async function aggregate(
  context: EvaluationContext,
  aggregation: AggregateExpression,
  evaluate: Evaluate,
): Promise<StepVector> {
  const { operator, parameter, expression } = aggregation;
  const argument = parameter && (await evaluate(context, parameter));
  const numbers =
    argument?.type === 'scalar' ? argument.values : new Float64Array(0);
  const filter = groupingFilter(context, aggregation);
  if (operator === 'limit_ratio') {
    throw new ExecutionError('limit_ratio is not supported');
  }
  const choosing = isChoosing(operator);
  if (choosing || operator === 'count_values') {
    const source = await evaluate(context, expression);
    if (source.type !== 'vector') throw notAVector();
    const groups = await groupRows(context, filter, source.vector);
    if (choosing) {
      return chooseRows(context, operator, numbers, groups, source.vector);
    }
    const label = argument?.type === 'string' ? argument.value : '';
    return countValues(context, label, groups, source.vector);
  }
  const sink = new FoldingSink(context, filter, operator, numbers);
  if (!(await streamLeaf(context, expression, evaluate, sink))) {
    const source = await evaluate(context, expression);
    if (source.type !== 'vector') throw notAVector();
    await sink.addAll(source.vector);
  }
  return sink.result();
}

function notAVector(): ExecutionError {
  return new ExecutionError('aggregation over something that is no vector');
}
