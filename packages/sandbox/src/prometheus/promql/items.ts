import type { SyntaxNode } from '@lezer/common';
import type { Expression } from './ast';
import { ParseError } from './errors';
import { parseNumberLiteral } from './literals';
import { childrenOf, textOf } from './tree';

/** One item of an expression without its nesting, in the order of the text. */
export type Item =
  | { type: 'operand'; expression: Expression }
  | { type: 'sign'; node: SyntaxNode }
  | { type: 'postfix'; node: SyntaxNode }
  /** The operator and its modifiers. */
  | { type: 'binary'; nodes: SyntaxNode[] };

function unsignedNumber(query: string, node: SyntaxNode): Expression {
  const text = textOf(query, node).replace(/^[+-]\s*/, '');
  const value = parseNumberLiteral(text);
  if (value === undefined) {
    throw new ParseError(
      query,
      node,
      `bad number or duration syntax: ${JSON.stringify(text)}`,
    );
  }
  return { kind: 'number', value, position: { from: node.from, to: node.to } };
}

/** Takes the nesting of operators apart; `operand` builds what is no operator. */
export function flatten(
  query: string,
  node: SyntaxNode,
  operand: (node: SyntaxNode) => Expression,
): Item[] {
  const children = childrenOf(node);
  const inner = (child: SyntaxNode) => flatten(query, child, operand);
  switch (node.name) {
    case 'BinaryExpr':
      return [
        ...inner(children[0]),
        { type: 'binary', nodes: children.slice(1, -1) },
        ...inner(children[children.length - 1]),
      ];
    case 'UnaryExpr':
      return [{ type: 'sign', node: children[0] }, ...inner(children[1])];
    case 'OffsetExpr':
    case 'StepInvariantExpr':
    case 'MatrixSelector':
    case 'SubqueryExpr':
      return [...inner(children[0]), { type: 'postfix', node }];
    case 'NumberDurationLiteral': {
      // The sign is an operator of its own: -2 ^ 2 is -(2 ^ 2).
      const expression = unsignedNumber(query, node);
      const signed = /^[+-]/.test(textOf(query, node));
      return [
        ...(signed ? [{ type: 'sign' as const, node }] : []),
        { type: 'operand', expression },
      ];
    }
    default:
      return [{ type: 'operand', expression: operand(node) }];
  }
}
