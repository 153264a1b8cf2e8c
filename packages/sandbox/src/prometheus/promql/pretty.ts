import type { Expression } from './ast';
import {
  aggregateHead,
  operatorText,
  printExpression,
  subqueryTail,
} from './print';

/** Longest expression that stays on one line. */
const LINE_LENGTH = 100;

/**
 * An expression in several lines where it does not fit in one, laid out as
 * Prometheus's format_query does.
 *
 * @param level - depth of indentation, two spaces each
 */
export function prettyExpression(expression: Expression, level = 0): string {
  const indent = '  '.repeat(level);
  const line = printExpression(expression);
  if (line.length <= LINE_LENGTH) return indent + line;
  const inner = (child: Expression) => prettyExpression(child, level + 1);
  switch (expression.kind) {
    case 'aggregate': {
      const parts = [expression.parameter, expression.expression]
        .filter(part => part !== undefined)
        .map(inner);
      const head = aggregateHead(expression);
      return `${indent}${head}(\n${parts.join(',\n')}\n${indent})`;
    }
    case 'binary': {
      const operator = operatorText(expression);
      const left = inner(expression.left);
      return `${left}\n${indent}${operator}\n${inner(expression.right)}`;
    }
    case 'call': {
      const parts = expression.arguments.map(inner).join(',\n');
      return `${indent}${expression.name}(\n${parts}\n${indent})`;
    }
    case 'parentheses':
      return `${indent}(\n${inner(expression.expression)}\n${indent})`;
    case 'unary': {
      const operand = prettyExpression(expression.expression, level);
      return indent + expression.operator + operand.trimStart();
    }
    case 'subquery':
      return (
        prettyExpression(expression.expression, level) +
        subqueryTail(expression)
      );
    default:
      return indent + line;
  }
}
