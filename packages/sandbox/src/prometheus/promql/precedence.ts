import type { Expression } from './ast';
import { ParseError } from './errors';
import type { Item } from './items';
import { binaryModifiers } from './modifiers';
import { UNARY_PRECEDENCE, binaryOperator, isSetOperator } from './operators';
import { applyPostfix } from './postfix';
import { textOf } from './tree';

/** Binds a list of items by Prometheus's precedence (precedence climbing). */
class Binder {
  readonly #query: string;
  readonly #items: readonly Item[];
  #next = 0;

  constructor(query: string, items: readonly Item[]) {
    this.#query = query;
    this.#items = items;
  }

  /** An expression of operators that bind at least as tightly as `minimum`. */
  binary(minimum: number): Expression {
    let left = this.#prefixed();
    for (;;) {
      const item = this.#items[this.#next];
      if (item?.type !== 'binary') return left;
      const [operatorNode, ...modifierNodes] = item.nodes;
      const text = textOf(this.#query, operatorNode);
      const found = binaryOperator(text);
      if (!found) {
        throw new ParseError(
          this.#query,
          operatorNode,
          `unexpected operator ${text}`,
        );
      }
      const { operator, precedence } = found;
      if (precedence < minimum) return left;
      this.#next += 1;
      // `^` alone is right-associative.
      const right = this.binary(operator === '^' ? precedence : precedence + 1);
      const modifiers = binaryModifiers(this.#query, modifierNodes);
      if (isSetOperator(operator)) {
        if (modifiers.matching.cardinality !== 'one-to-one') {
          throw new ParseError(
            this.#query,
            left.position,
            `no grouping allowed for "${operator}" operation`,
          );
        }
        modifiers.matching.cardinality = 'many-to-many';
      }
      left = {
        kind: 'binary',
        operator,
        left,
        right,
        ...modifiers,
        operatorPosition: { from: operatorNode.from, to: operatorNode.to },
        position: { from: left.position.from, to: right.position.to },
      };
    }
  }

  #prefixed(): Expression {
    const item = this.#items[this.#next];
    this.#next += 1;
    if (item.type === 'sign') {
      const operator =
        this.#query[item.node.from] === '-' ? ('-' as const) : ('+' as const);
      const expression = this.binary(UNARY_PRECEDENCE + 1);
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
      let next = this.#items[this.#next];
      next?.type === 'postfix';
      next = this.#items[this.#next]
    ) {
      expression = applyPostfix(this.#query, expression, next.node);
      this.#next += 1;
    }
    return expression;
  }
}

/**
 * Binds operators, tightest first: `offset`, `@` and `[...]`, then `^`, signs,
 * `* / % atan2`, `+ -`, comparisons, `and unless`, `or`.
 */
export function bindOperators(
  query: string,
  items: readonly Item[],
): Expression {
  return new Binder(query, items).binary(0);
}
