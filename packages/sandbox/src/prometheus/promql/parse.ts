import type { SyntaxNode } from '@lezer/common';
import type {
  AggregateExpression,
  Call,
  Expression,
  VectorMatching,
} from './ast';
import { checkTypes } from './check-types';
import { ParseError } from './errors';
import { parseNumberLiteral, unquote } from './literals';
import {
  aggregationOperator,
  binaryOperator,
  UNARY_PRECEDENCE,
} from './operators';
import { applyPostfix } from './postfix';
import { stringValue, vectorSelectorOf } from './selector-nodes';
import { childrenOf, parseTree, textOf } from './tree';

/** One item of an expression without its nesting, in the order of the text. */
type Item =
  | { type: 'operand'; expression: Expression }
  | { type: 'sign'; node: SyntaxNode }
  | { type: 'postfix'; node: SyntaxNode }
  | { type: 'binary'; nodes: SyntaxNode[] };

const EXPRESSIONS = new Set([
  'AggregateExpr',
  'BinaryExpr',
  'FunctionCall',
  'MatrixSelector',
  'NumberDurationLiteral',
  'OffsetExpr',
  'ParenExpr',
  'StringLiteral',
  'SubqueryExpr',
  'UnaryExpr',
  'VectorSelector',
  'StepInvariantExpr',
  'AnchoredExpr',
  'SmoothedExpr',
]);

/**
 * Builds the syntax tree of a query.
 *
 * The grammar's own tree does not bind `offset`, `@` and `[...]` more tightly
 * than binary operators (the editor it is made for does not need that), so
 * nested operators are flattened again and bound by Prometheus's precedence.
 */
class Builder {
  readonly #query: string;

  constructor(query: string) {
    this.#query = query;
  }

  expression(node: SyntaxNode): Expression {
    const items: Item[] = [];
    this.#flatten(node, items);
    const cursor = { items, next: 0 };
    return this.#binary(cursor, 0);
  }

  #flatten(node: SyntaxNode, items: Item[]): void {
    const children = childrenOf(node);
    switch (node.name) {
      case 'BinaryExpr': {
        this.#flatten(children[0], items);
        items.push({ type: 'binary', nodes: children.slice(1, -1) });
        this.#flatten(children[children.length - 1], items);
        return;
      }
      case 'UnaryExpr':
        items.push({ type: 'sign', node: children[0] });
        this.#flatten(children[1], items);
        return;
      case 'OffsetExpr':
      case 'StepInvariantExpr':
      case 'MatrixSelector':
      case 'SubqueryExpr':
        this.#flatten(children[0], items);
        items.push({ type: 'postfix', node });
        return;
      case 'NumberDurationLiteral': {
        const text = textOf(this.#query, node);
        if (/^[+-]/.test(text)) items.push({ type: 'sign', node });
        items.push({ type: 'operand', expression: this.#number(node) });
        return;
      }
      default:
        items.push({ type: 'operand', expression: this.#operand(node) });
    }
  }

  #binary(
    cursor: { items: Item[]; next: number },
    minimum: number,
  ): Expression {
    let left = this.#prefixed(cursor);
    for (;;) {
      const item = cursor.items[cursor.next];
      if (item?.type !== 'binary') return left;
      const found = binaryOperator(textOf(this.#query, item.nodes[0]));
      if (!found) {
        throw new ParseError(
          this.#query,
          item.nodes[0],
          `unexpected operator ${textOf(this.#query, item.nodes[0])}`,
        );
      }
      if (found.precedence < minimum) return left;
      cursor.next += 1;
      // `^` alone is right-associative.
      const right = this.#binary(
        cursor,
        found.operator === '^' ? found.precedence : found.precedence + 1,
      );
      const { matching, returnBool, written } = this.#modifiers(
        item.nodes.slice(1),
      );
      if (['and', 'or', 'unless'].includes(found.operator)) {
        if (matching.cardinality !== 'one-to-one') {
          throw new ParseError(
            this.#query,
            item.nodes[0],
            `no grouping allowed for ${JSON.stringify(
              found.operator,
            )} operation`,
          );
        }
        matching.cardinality = 'many-to-many';
      }
      left = {
        kind: 'binary',
        operator: found.operator,
        left,
        right,
        returnBool,
        matching,
        matchingWritten: written,
        position: { from: left.position.from, to: right.position.to },
      };
    }
  }

  #prefixed(cursor: { items: Item[]; next: number }): Expression {
    const item = cursor.items[cursor.next];
    cursor.next += 1;
    if (item.type === 'sign') {
      const operator =
        this.#query[item.node.from] === '-' ? ('-' as const) : ('+' as const);
      const expression = this.#binary(cursor, UNARY_PRECEDENCE + 1);
      const position = { from: item.node.from, to: expression.position.to };
      if (expression.kind === 'number') {
        const value = operator === '-' ? -expression.value : expression.value;
        return { kind: 'number', value, position };
      }
      return { kind: 'unary', operator, expression, position };
    }
    if (item.type !== 'operand') {
      const node = item.type === 'postfix' ? item.node : item.nodes[0];
      throw new ParseError(this.#query, node, 'unexpected operator');
    }
    let { expression } = item;
    for (
      let next = cursor.items[cursor.next];
      next?.type === 'postfix';
      next = cursor.items[cursor.next]
    ) {
      expression = applyPostfix(this.#query, expression, next.node);
      cursor.next += 1;
    }
    return expression;
  }

  #number(node: SyntaxNode): Expression {
    const text = textOf(this.#query, node).replace(/^[+-]\s*/, '');
    const value = parseNumberLiteral(text);
    if (value === undefined) {
      throw new ParseError(
        this.#query,
        node,
        `bad number or duration syntax: ${JSON.stringify(text)}`,
      );
    }
    return {
      kind: 'number',
      value,
      position: { from: node.from, to: node.to },
    };
  }

  #operand(node: SyntaxNode): Expression {
    const position = { from: node.from, to: node.to };
    switch (node.name) {
      case 'StringLiteral':
        return {
          kind: 'string',
          value: stringValue(this.#query, node),
          position,
        };
      case 'VectorSelector':
        return vectorSelectorOf(this.#query, node);
      case 'ParenExpr':
        return {
          kind: 'parentheses',
          expression: this.expression(childrenOf(node)[0]),
          position,
        };
      case 'FunctionCall':
        return this.#call(node);
      case 'AggregateExpr':
        return this.#aggregate(node);
      default:
        throw new ParseError(
          this.#query,
          node,
          `${node.name} is not supported`,
        );
    }
  }

  #arguments(body: SyntaxNode | undefined): Expression[] {
    return (body ? childrenOf(body) : [])
      .filter(child => EXPRESSIONS.has(child.name))
      .map(child => this.expression(child));
  }

  #call(node: SyntaxNode): Call {
    const [identifier, body] = childrenOf(node);
    return {
      kind: 'call',
      name: textOf(this.#query, identifier),
      arguments: this.#arguments(body),
      position: { from: node.from, to: node.to },
    };
  }

  #aggregate(node: SyntaxNode): AggregateExpression {
    const children = childrenOf(node);
    const operator = aggregationOperator(textOf(this.#query, children[0]));
    const modifier = children.find(one => one.name === 'AggregateModifier');
    const body = children.find(one => one.name === 'FunctionCallBody');
    const position = { from: node.from, to: node.to };
    const found = this.#arguments(body);
    if (!operator) {
      throw new ParseError(this.#query, position, 'unknown aggregation');
    }
    const parametric = [
      'topk',
      'bottomk',
      'quantile',
      'count_values',
      'limitk',
      'limit_ratio',
    ].includes(operator);
    const wanted = parametric ? 2 : 1;
    if (found.length === 0) {
      throw new ParseError(
        this.#query,
        position,
        'no arguments for aggregate expression provided',
      );
    }
    if (found.length !== wanted) {
      throw new ParseError(
        this.#query,
        position,
        `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${found.length}`,
      );
    }
    const grouping = modifier
      ? this.#labels(
          childrenOf(modifier).find(one => one.name === 'GroupingLabels'),
        )
      : [];
    return {
      kind: 'aggregate',
      operator,
      expression: found[wanted - 1],
      parameter: parametric ? found[0] : undefined,
      without: modifier?.firstChild?.name === 'Without',
      grouping,
      position,
    };
  }

  #labels(node: SyntaxNode | undefined): string[] {
    return (node ? childrenOf(node) : [])
      .filter(child => /LabelName$/.test(child.name))
      .map(child => {
        const text = textOf(this.#query, child);
        return child.name === 'QuotedLabelName' ? unquote(text) ?? '' : text;
      });
  }

  #modifiers(nodes: readonly SyntaxNode[]): {
    matching: VectorMatching;
    returnBool: boolean;
    written: boolean;
  } {
    const fill = nodes.find(node => node.name === 'FillModifier');
    if (fill) {
      throw new ParseError(this.#query, fill, 'fill modifiers are not enabled');
    }
    const clause = nodes.find(node => node.name === 'MatchingModifierClause');
    const parts = clause ? childrenOf(clause) : [];
    const labels = parts.filter(part => part.name === 'GroupingLabels');
    const grouped = parts.find(part => /^Group(Left|Right)$/.test(part.name));
    let cardinality: VectorMatching['cardinality'] = 'one-to-one';
    if (grouped) {
      cardinality =
        grouped.name === 'GroupLeft' ? 'many-to-one' : 'one-to-many';
    }
    return {
      matching: {
        cardinality,
        on: parts[0]?.name === 'On',
        labels: this.#labels(labels[0]),
        include: this.#labels(labels[1]),
      },
      returnBool: nodes.some(node => node.name === 'BoolModifier'),
      written: clause !== undefined,
    };
  }
}

/**
 * Parses and type-checks a query.
 *
 * @throws ParseError with Prometheus's `line:column: parse error: ...` text.
 */
export function parseQuery(query: string): Expression {
  const tree = parseTree(query);
  const expression = new Builder(query).expression(tree);
  checkTypes(query, expression);
  return expression;
}
