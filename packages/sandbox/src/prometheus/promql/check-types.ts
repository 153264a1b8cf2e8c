import type {
  AggregateExpression,
  BinaryExpression,
  Call,
  Expression,
  ValueType,
} from './ast';
import { ParseError } from './errors';
import { isComparison, isSetOperator } from './operators';
import { signatureOf } from './signatures';

function expectType(
  query: string,
  expression: Expression,
  expected: ValueType,
  context: string,
): void {
  const found = checkTypes(query, expression);
  if (found !== expected) {
    throw new ParseError(
      query,
      expression.position,
      `expected type ${expected} in ${context}, got ${found}`,
    );
  }
}

function checkCall(query: string, call: Call): ValueType {
  const signature = signatureOf(call.name);
  if (!signature) {
    throw new ParseError(
      query,
      call.position,
      `unknown function with name ${JSON.stringify(call.name)}`,
    );
  }
  const { parameters, optional, returns } = signature;
  const most = optional < 0 ? Infinity : parameters.length;
  const least =
    optional < 0 ? parameters.length - 1 : parameters.length - optional;
  const count = call.arguments.length;
  const bound = (words: string, number: number) =>
    new ParseError(
      query,
      call.position,
      `expected ${words}${number} argument(s) in call to ${JSON.stringify(
        call.name,
      )}, got ${count}`,
    );
  if (count < least) {
    throw bound(least === most ? '' : 'at least ', least);
  }
  if (count > most) throw bound(least === most ? '' : 'at most ', most);
  call.arguments.forEach((argument, index) => {
    const type = parameters[Math.min(index, parameters.length - 1)];
    expectType(
      query,
      argument,
      type,
      `call to function ${JSON.stringify(call.name)}`,
    );
  });
  return returns;
}

function checkBinary(query: string, binary: BinaryExpression): ValueType {
  const left = checkTypes(query, binary.left);
  const right = checkTypes(query, binary.right);
  const fail = (detail: string, at = binary.operatorPosition) =>
    new ParseError(query, at, detail);
  const usable = (type: ValueType) =>
    type === 'scalar' || type === 'instant vector';
  if (!usable(left) || !usable(right)) {
    throw fail(
      'binary expression must contain only scalar and instant vector types',
      (usable(left) ? binary.right : binary.left).position,
    );
  }
  if (binary.returnBool && !isComparison(binary.operator)) {
    throw fail('bool modifier can only be used on comparison operators');
  }
  const bothScalars = left === 'scalar' && right === 'scalar';
  if (isComparison(binary.operator) && bothScalars && !binary.returnBool) {
    throw fail('comparisons between scalars must use BOOL modifier');
  }
  const withScalar = left === 'scalar' || right === 'scalar';
  if (isSetOperator(binary.operator) && withScalar) {
    throw fail(
      `set operator ${JSON.stringify(
        binary.operator,
      )} not allowed in binary scalar expression`,
      binary.left.position,
    );
  }
  if (withScalar && binary.matching.labels.length > 0) {
    throw fail('vector matching only allowed between instant vectors');
  }
  const { on, labels, include } = binary.matching;
  const shared = on ? include.find(name => labels.includes(name)) : undefined;
  if (shared !== undefined) {
    throw fail(
      `label ${JSON.stringify(
        shared,
      )} must not occur in ON and GROUP clause at once`,
    );
  }
  return bothScalars ? 'scalar' : 'instant vector';
}

function checkAggregate(
  query: string,
  aggregate: AggregateExpression,
): ValueType {
  expectType(
    query,
    aggregate.expression,
    'instant vector',
    'aggregation expression',
  );
  if (aggregate.parameter) {
    expectType(
      query,
      aggregate.parameter,
      aggregate.operator === 'count_values' ? 'string' : 'scalar',
      'aggregation parameter',
    );
  }
  return 'instant vector';
}

/**
 * The type an expression evaluates to.
 *
 * @throws ParseError where an operand has a type its operator does not take.
 */
export function checkTypes(query: string, expression: Expression): ValueType {
  switch (expression.kind) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'vectorSelector':
      return 'instant vector';
    case 'matrixSelector':
      return 'range vector';
    case 'subquery': {
      const type = checkTypes(query, expression.expression);
      if (type !== 'instant vector') {
        throw new ParseError(
          query,
          expression.position,
          `subquery is only allowed on instant vector, got ${type} instead`,
        );
      }
      return 'range vector';
    }
    case 'parentheses':
      return checkTypes(query, expression.expression);
    case 'unary': {
      const type = checkTypes(query, expression.expression);
      if (type !== 'scalar' && type !== 'instant vector') {
        throw new ParseError(
          query,
          expression.position,
          `unary expression only allowed on expressions of type scalar or instant vector, got ${JSON.stringify(
            type,
          )}`,
        );
      }
      return type;
    }
    case 'binary':
      return checkBinary(query, expression);
    case 'aggregate':
      return checkAggregate(query, expression);
    default:
      return checkCall(query, expression);
  }
}

/** The type of an expression that was already checked. */
export function valueTypeOf(expression: Expression): ValueType {
  return checkTypes('', expression);
}
