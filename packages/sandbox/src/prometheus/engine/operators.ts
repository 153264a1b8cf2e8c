import type { BinaryOperator } from '../promql/ast';

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
