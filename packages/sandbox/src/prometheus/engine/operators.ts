import type { BinaryOperator } from '../promql/ast';
import { isComparison } from '../promql/operators';
import type { Dialect } from '../promql/dialect';

/** Go's math.Pow where it differs from JavaScript's: one to any power is one. */
function power(base: number, exponent: number): number {
  if (base === 1) return 1;
  if (base === -1 && Math.abs(exponent) === Infinity) return 1;
  return base ** exponent;
}

/** The value of an arithmetic operator. */
export function arithmetic(
  operator: BinaryOperator,
  left: number,
  right: number,
): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '^':
      return power(left, right);
    case 'atan2':
      return Math.atan2(left, right);
    default:
      throw new Error(`${operator} is not arithmetic`);
  }
}

/** The verdict of a comparison operator. */
export function compares(
  operator: BinaryOperator,
  left: number,
  right: number,
): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '>':
      return left > right;
    case '<':
      return left < right;
    case '>=':
      return left >= right;
    case '<=':
      return left <= right;
    default:
      throw new Error(`${operator} is not a comparison`);
  }
}

/**
 * Whether a result loses its metric name: for arithmetic always, except that
 * Prometheus 2.x forgot to do so for atan2.
 */
export function dropsName(operator: BinaryOperator, dialect: Dialect): boolean {
  if (isComparison(operator)) return false;
  return operator !== 'atan2' || dialect === 3;
}
