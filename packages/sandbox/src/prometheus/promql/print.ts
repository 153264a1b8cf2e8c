import { formatFloat } from '../number-format';
import type {
  AggregateExpression,
  BinaryExpression,
  Expression,
  TimeShift,
  VectorSelector,
} from './ast';
import { formatDuration } from './literals';

function labelName(name: string): string {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) ? name : JSON.stringify(name);
}

function shiftText({ at, offsetMs }: TimeShift): string {
  let text = '';
  if (typeof at === 'number') text += ` @ ${(at / 1000).toFixed(3)}`;
  else if (at) text += ` @ ${at}()`;
  if (offsetMs !== 0) text += ` offset ${formatDuration(offsetMs)}`;
  return text;
}

function selectorText(selector: VectorSelector): string {
  const matchers = selector.matchers
    .filter(one => selector.name === undefined || one.name !== '__name__')
    .map(
      ({ name, operator, value }) =>
        `${labelName(name)}${operator}${JSON.stringify(value)}`,
    )
    .sort();
  const braces = matchers.length > 0 ? `{${matchers.join(',')}}` : '';
  return `${selector.name ?? ''}${braces}`;
}

/** `sum by (a)` with a space behind it where a list of labels stands there. */
export function aggregateHead(expression: AggregateExpression): string {
  const { operator, without, grouping } = expression;
  if (!without && grouping.length === 0) return operator;
  const labels = grouping.map(labelName).join(', ');
  return `${operator} ${without ? 'without' : 'by'} (${labels}) `;
}

/** An operator with `bool`, on/ignoring and grouping. */
export function operatorText(expression: BinaryExpression): string {
  const { operator, returnBool, matching } = expression;
  let text: string = operator;
  if (returnBool) text += ' bool';
  if (!matching.on && matching.labels.length === 0) return text;
  const labels = matching.labels.map(labelName).join(', ');
  text += ` ${matching.on ? 'on' : 'ignoring'} (${labels})`;
  if (/^(many-to-one|one-to-many)$/.test(matching.cardinality)) {
    const side = matching.cardinality === 'many-to-one' ? 'left' : 'right';
    text += ` group_${side} (${matching.include.map(labelName).join(', ')})`;
  }
  return text;
}

/** `[5m:1m]` and the shifts of a subquery. */
export function subqueryTail(
  expression: Extract<Expression, { kind: 'subquery' }>,
): string {
  const { rangeMs, stepMs, shift } = expression;
  const step = stepMs === undefined ? '' : formatDuration(stepMs);
  return `[${formatDuration(rangeMs)}:${step}]${shiftText(shift)}`;
}

/** An expression on one line, in Prometheus's canonical spelling. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return formatFloat(expression.value);
    case 'string':
      return JSON.stringify(expression.value);
    case 'vectorSelector':
      return selectorText(expression) + shiftText(expression.shift);
    case 'matrixSelector': {
      const { vector, rangeMs } = expression;
      const range = `[${formatDuration(rangeMs)}]`;
      return selectorText(vector) + range + shiftText(vector.shift);
    }
    case 'subquery':
      return printExpression(expression.expression) + subqueryTail(expression);
    case 'parentheses':
      return `(${printExpression(expression.expression)})`;
    case 'unary':
      return expression.operator + printExpression(expression.expression);
    case 'binary':
      return `${printExpression(expression.left)} ${operatorText(
        expression,
      )} ${printExpression(expression.right)}`;
    case 'aggregate': {
      const parts = [expression.parameter, expression.expression]
        .filter(part => part !== undefined)
        .map(printExpression);
      return `${aggregateHead(expression)}(${parts.join(', ')})`;
    }
    default:
      return `${expression.name}(${expression.arguments
        .map(printExpression)
        .join(', ')})`;
  }
}
