import type { SyntaxNode } from '@lezer/common';
import type {
  AggregateExpression,
  AggregationOperator,
  Call,
  Expression,
} from './ast';
import { ParseError } from './errors';
import { labelList } from './modifiers';
import { aggregationOperator } from './operators';
import { childrenOf, textOf } from './tree';

/** Builds the expression of a node; handed in because expressions nest. */
export type BuildExpression = (node: SyntaxNode) => Expression;

const WITH_PARAMETER: readonly AggregationOperator[] = [
  'topk',
  'bottomk',
  'quantile',
  'count_values',
  'limitk',
  'limit_ratio',
];

function argumentsOf(
  body: SyntaxNode | undefined,
  build: BuildExpression,
): Expression[] {
  return (body ? childrenOf(body) : [])
    .filter(child => child.name !== 'LineComment')
    .map(build);
}

/** Reads `name(argument, ...)`. */
export function callOf(
  query: string,
  node: SyntaxNode,
  build: BuildExpression,
): Call {
  const [identifier, body] = childrenOf(node);
  return {
    kind: 'call',
    name: textOf(query, identifier),
    arguments: argumentsOf(body, build),
    position: { from: node.from, to: node.to },
  };
}

/** Reads `sum by (label) (...)`, the modifier before or after the arguments. */
export function aggregateOf(
  query: string,
  node: SyntaxNode,
  build: BuildExpression,
): AggregateExpression {
  const children = childrenOf(node);
  const position = { from: node.from, to: node.to };
  const operator = aggregationOperator(textOf(query, children[0]));
  if (!operator) throw new ParseError(query, position, 'unknown aggregation');
  const modifier = children.find(one => one.name === 'AggregateModifier');
  const found = argumentsOf(
    children.find(one => one.name === 'FunctionCallBody'),
    build,
  );
  const parametric = WITH_PARAMETER.includes(operator);
  const wanted = parametric ? 2 : 1;
  if (found.length === 0) {
    throw new ParseError(
      query,
      position,
      'no arguments for aggregate expression provided',
    );
  }
  if (found.length !== wanted) {
    throw new ParseError(
      query,
      position,
      `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${found.length}`,
    );
  }
  const list =
    modifier && childrenOf(modifier).find(one => one.name === 'GroupingLabels');
  return {
    kind: 'aggregate',
    operator,
    expression: found[wanted - 1],
    parameter: parametric ? found[0] : undefined,
    without: modifier?.firstChild?.name === 'Without',
    grouping: labelList(query, list),
    position,
  };
}
