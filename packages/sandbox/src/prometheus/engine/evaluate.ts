import type { Expression } from '../promql/ast';
import { ExecutionError } from '../promql/errors';
import { aggregate } from './aggregate';
import { binary } from './binary';
import { callFunction } from './call';
import type { EvaluationContext } from './context';
import { mapVector } from './map-vector';
import { selectInstant } from './select-instant';
import { scalar, type Value, vector } from './values';

/** Evaluates an expression at every step of a context. */
export type Evaluate = (
  context: EvaluationContext,
  expression: Expression,
) => Promise<Value>;

/**
 * The evaluator: dispatches on the kind of expression.
 *
 * @throws ExecutionError, QueryTimeoutError, QueryCanceledError
 */
export const evaluate: Evaluate = async (context, expression) => {
  switch (expression.kind) {
    case 'number':
      return scalar(
        new Float64Array(context.times.length).fill(expression.value),
      );
    case 'string':
      return { type: 'string', value: expression.value };
    case 'parentheses':
      return evaluate(context, expression.expression);
    case 'vectorSelector':
      return vector(await selectInstant(context, expression));
    case 'unary': {
      const operand = await evaluate(context, expression.expression);
      if (expression.operator === '+' || operand.type === 'string') {
        return operand;
      }
      if (operand.type === 'scalar') {
        return scalar(operand.values.map(value => -value));
      }
      return vector(await mapVector(context, operand.vector, value => -value));
    }
    case 'binary':
      return binary(context, expression, evaluate);
    case 'aggregate':
      return vector(await aggregate(context, expression, evaluate));
    case 'call':
      return callFunction(context, expression, evaluate);
    default:
      throw new ExecutionError(
        `a range vector cannot be evaluated at a single instant`,
      );
  }
};
