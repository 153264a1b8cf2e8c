import type { SyntaxNode } from '@lezer/common';
import { ParseError } from './errors';
import { parseNumberLiteral } from './literals';
import { childrenOf, textOf } from './tree';

/**
 * Seconds of a duration expression: a literal, or arithmetic over literals.
 * `step()` and `range()`, which Prometheus has behind a feature flag, are refused.
 */
function seconds(query: string, node: SyntaxNode): number {
  const children = childrenOf(node);
  if (node.name === 'NumberDurationLiteralInDurationContext') {
    const value = parseNumberLiteral(textOf(query, node));
    if (value === undefined) {
      throw new ParseError(
        query,
        node,
        `bad number or duration syntax: ${JSON.stringify(textOf(query, node))}`,
      );
    }
    return value;
  }
  const operands = children.filter(child => /Duration/.test(child.name));
  if (children[0]?.name === 'UnaryOp') {
    const value = seconds(query, operands[0]);
    return textOf(query, children[0]) === '-' ? -value : value;
  }
  const operator = children.find(child =>
    ['Add', 'Sub', 'Mul', 'Div', 'Mod', 'Pow'].includes(child.name),
  );
  const refused = children.find(child =>
    /^Duration(Step|Range|M)/.test(child.name),
  );
  if (refused) {
    throw new ParseError(
      query,
      refused,
      `experimental duration expression ${textOf(
        query,
        refused,
      )}() is not enabled`,
    );
  }
  if (!operator) return seconds(query, operands[0]);
  const left = seconds(query, operands[0]);
  const right = seconds(query, operands[1]);
  switch (operator.name) {
    case 'Add':
      return left + right;
    case 'Sub':
      return left - right;
    case 'Mul':
      return left * right;
    case 'Div':
    case 'Mod':
      if (right === 0) {
        throw new ParseError(query, operator, 'division by zero');
      }
      return operator.name === 'Div' ? left / right : left % right;
    default:
      return left ** right;
  }
}

/** Milliseconds of a duration node. */
export function durationMs(query: string, node: SyntaxNode): number {
  return Math.round(seconds(query, node) * 1000);
}

/** Milliseconds of a range or a subquery step, which must be above zero. */
export function positiveDurationMs(query: string, node: SyntaxNode): number {
  const milliseconds = durationMs(query, node);
  if (!(milliseconds > 0)) {
    throw new ParseError(query, node, 'duration must be greater than 0');
  }
  return milliseconds;
}
