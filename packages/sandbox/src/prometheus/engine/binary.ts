import type { BinaryExpression } from '../promql/ast';
import { ExecutionError } from '../promql/errors';
import { isComparison, isSetOperator } from '../promql/operators';
import type { EvaluationContext } from './context';
import type { Evaluate } from './evaluate';
import { mapVector } from './map-vector';
import { arithmetic, compares, dropsName } from './operators';
import { combineSets } from './set-operations';
import { scalar, type Value, vector } from './values';
import type { StepVector } from './vector';
import { matchVectors } from './vector-matching';

function scalars(
  expression: BinaryExpression,
  left: Float64Array,
  right: Float64Array,
): Float64Array {
  const { operator } = expression;
  return left.map((value, step) => {
    if (!isComparison(operator))
      return arithmetic(operator, value, right[step]);
    return compares(operator, value, right[step]) ? 1 : 0;
  });
}

function withScalar(
  context: EvaluationContext,
  expression: BinaryExpression,
  source: StepVector,
  numbers: Float64Array,
  scalarOnLeft: boolean,
): Promise<StepVector> {
  const { operator, returnBool } = expression;
  if (!isComparison(operator)) {
    return mapVector(
      context,
      source,
      (value, step) =>
        scalarOnLeft
          ? arithmetic(operator, numbers[step], value)
          : arithmetic(operator, value, numbers[step]),
      !dropsName(operator, context.dialect),
    );
  }
  const accepts = (value: number, step: number) =>
    scalarOnLeft
      ? compares(operator, numbers[step], value)
      : compares(operator, value, numbers[step]);
  if (returnBool) {
    return mapVector(context, source, (value, step) =>
      accepts(value, step) ? 1 : 0,
    );
  }
  // A filter keeps what it accepts, name and all.
  return mapVector(
    context,
    source,
    (value, step) => (accepts(value, step) ? value : undefined),
    true,
  );
}

/** Evaluates a binary expression over scalars and vectors. */
export async function binary(
  context: EvaluationContext,
  expression: BinaryExpression,
  evaluate: Evaluate,
): Promise<Value> {
  const left = await evaluate(context, expression.left);
  const right = await evaluate(context, expression.right);
  if (left.type === 'string' || right.type === 'string') {
    throw new ExecutionError('binary operators do not take strings');
  }
  if (left.type === 'scalar') {
    if (right.type === 'scalar') {
      return scalar(scalars(expression, left.values, right.values));
    }
    return vector(
      await withScalar(context, expression, right.vector, left.values, true),
    );
  }
  if (right.type === 'scalar') {
    return vector(
      await withScalar(context, expression, left.vector, right.values, false),
    );
  }
  return vector(
    isSetOperator(expression.operator)
      ? await combineSets(context, expression, left.vector, right.vector)
      : await matchVectors(context, expression, left.vector, right.vector),
  );
}
