import type { BinaryExpression } from '../promql/ast';
import { ExecutionError } from '../promql/errors';
import { isComparison } from '../promql/operators';
import type { EvaluationContext } from './context';
import { arithmetic, compares, dropsName } from './operators';
import { LabelGroups, type PairFilter } from './label-groups';
import type { LabelSet } from './query-labels';
import { DistinctRows, matchingFilter } from './set-operations';
import type { StepVector } from './vector';

/** Rows of the "one" side by their matching labels. */
class OneSide {
  readonly #groups: LabelGroups;
  readonly #rows: number[][] = [];

  constructor(filter: PairFilter) {
    this.#groups = new LabelGroups(filter);
  }

  add(labels: LabelSet, row: number): void {
    const group = this.#groups.place(labels);
    this.#rows[group] ??= [];
    this.#rows[group].push(row);
  }

  of(labels: LabelSet): readonly number[] {
    const group = this.#groups.find(labels);
    return group < 0 ? [] : this.#rows[group];
  }

  ambiguous(): number[][] {
    return this.#rows.filter(rows => rows.length > 1);
  }
}

/** Builds the labels of results, as Prometheus's resultMetric does. */
function resultLabels(
  context: EvaluationContext,
  expression: BinaryExpression,
): (many: LabelSet, one: LabelSet) => LabelSet {
  const { labels } = context;
  const { operator, returnBool, matching } = expression;
  const dropName = returnBool || dropsName(operator, context.dialect);
  const names = new Set(matching.labels);
  return (many, one) => {
    let result = dropName ? labels.dropName(many) : many;
    if (matching.cardinality === 'one-to-one') {
      return matching.on
        ? labels.only(result, names)
        : labels.without(result, names);
    }
    for (const name of matching.include) {
      result = labels.with(result, name, labels.get(one, name));
    }
    return result;
  };
}

function requireUnique(
  context: EvaluationContext,
  expression: BinaryExpression,
  one: StepVector,
  rows: readonly number[],
): void {
  const { labels } = context;
  const { matching } = expression;
  const side = matching.cardinality === 'one-to-many' ? 'left' : 'right';
  for (let step = 0; step < one.steps; step++) {
    const present = rows.filter(row => one.has(row, step));
    if (present.length < 2) continue;
    const [first, second] = present.map(row => one.labels[row]);
    const names = new Set(matching.labels);
    const group = matching.on
      ? labels.only(second, names)
      : labels.without(second, new Set([...names, '__name__']));
    const groupText = labels.toText(group);
    throw new ExecutionError(
      `found duplicate series for the match group ${groupText} on the ${side} hand-side of the operation: [${labels.toText(
        second,
      )}, ${labels.toText(
        first,
      )}];many-to-many matching not allowed: matching labels must be unique on one side`,
    );
  }
}

/** Arithmetic and comparisons between two vectors, series matched by their labels. */
export async function matchVectors(
  context: EvaluationContext,
  expression: BinaryExpression,
  left: StepVector,
  right: StepVector,
): Promise<StepVector> {
  const { operator, returnBool, matching } = expression;
  const filter = matchingFilter(context, expression);
  const swapped = matching.cardinality === 'one-to-many';
  const many = swapped ? right : left;
  const one = swapped ? left : right;
  const results = new DistinctRows(context);
  if (many.rows === 0 || one.rows === 0) return results.vector;
  const oneSide = new OneSide(filter);
  for (let row = 0; row < one.rows; row++) {
    oneSide.add(one.labels[row], row);
    if (context.pacer.spend(16)) await context.pacer.pause();
  }
  for (const rows of oneSide.ambiguous()) {
    requireUnique(context, expression, one, rows);
  }
  const labelsFor = resultLabels(context, expression);
  const comparison = isComparison(operator);
  const oneToOne = matching.cardinality === 'one-to-one';
  for (let row = 0; row < many.rows; row++) {
    for (const partner of oneSide.of(many.labels[row])) {
      let target: number | undefined;
      for (let step = 0; step < many.steps; step++) {
        if (!many.has(row, step) || !one.has(partner, step)) continue;
        const a = swapped ? one.get(partner, step) : many.get(row, step);
        const b = swapped ? many.get(row, step) : one.get(partner, step);
        const kept = !comparison || compares(operator, a, b);
        if (!kept && !returnBool) continue;
        let value = comparison ? a : arithmetic(operator, a, b);
        if (returnBool) value = kept ? 1 : 0;
        target ??= results.row(
          labelsFor(many.labels[row], one.labels[partner]),
        );
        if (results.vector.has(target, step)) {
          throw new ExecutionError(
            oneToOne
              ? 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)'
              : 'multiple matches for labels: grouping labels must ensure unique matches',
          );
        }
        results.vector.set(target, step, value);
      }
    }
    if (context.pacer.spend(32 + many.steps)) await context.pacer.pause();
  }
  return results.vector;
}
