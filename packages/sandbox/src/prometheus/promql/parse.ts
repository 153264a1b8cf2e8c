import type { SyntaxNode } from '@lezer/common';
import type { Expression } from './ast';
import { aggregateOf, callOf } from './calls';
import { checkTypes } from './check-types';
import type { Dialect } from './dialect';
import { ParseError } from './errors';
import { flatten } from './items';
import { bindOperators } from './precedence';
import { stringValue, vectorSelectorOf } from './selector-nodes';
import { childrenOf, parseTree } from './tree';

function buildOperand(query: string, node: SyntaxNode): Expression {
  const position = { from: node.from, to: node.to };
  const build = (child: SyntaxNode) => buildExpression(query, child);
  switch (node.name) {
    case 'StringLiteral':
      return { kind: 'string', value: stringValue(query, node), position };
    case 'VectorSelector':
      return vectorSelectorOf(query, node);
    case 'ParenExpr':
      return {
        kind: 'parentheses',
        expression: build(childrenOf(node)[0]),
        position,
      };
    case 'FunctionCall':
      return callOf(query, node, build);
    case 'AggregateExpr':
      return aggregateOf(query, node, build);
    case 'AnchoredExpr':
    case 'SmoothedExpr':
      throw new ParseError(
        query,
        node,
        'anchored and smoothed modifiers are experimental and not enabled',
      );
    default:
      throw new ParseError(query, node, `unexpected ${node.name}`);
  }
}

/**
 * The grammar's own tree does not bind `offset`, `@` and `[...]` more tightly
 * than binary operators (the editor it is made for does not need that), so
 * nested operators are flattened and bound again by Prometheus's precedence.
 */
function buildExpression(query: string, node: SyntaxNode): Expression {
  const items = flatten(query, node, child => buildOperand(query, child));
  return bindOperators(query, items);
}

/**
 * Parses and type-checks a query.
 *
 * @throws ParseError with Prometheus's `line:column: parse error: ...` text.
 */
export function parseQuery(query: string, dialect: Dialect = 3): Expression {
  const expression = buildExpression(query, parseTree(query, dialect));
  checkTypes(query, expression);
  return expression;
}
