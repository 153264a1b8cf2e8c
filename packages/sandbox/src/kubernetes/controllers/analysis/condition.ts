import { callFunction } from './functions';
import { tokenize, type Token } from './tokens';

/** What a condition works with. */
export type Value = number | string | boolean | undefined | Value[];

type Scope = Readonly<Record<string, Value>>;
type Expression = (scope: Scope) => Value;

const levels: string[][] = [
  ['??'],
  ['||', 'or'],
  ['&&', 'and'],
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];

function compare(operator: string, left: Value, right: Value): boolean {
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (operator === 'in') return Array.isArray(right) && right.includes(left);
  if (typeof left !== 'number' || typeof right !== 'number') {
    throw new Error(`invalid operation: ${operator} needs two numbers`);
  }
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

function arithmetic(operator: string, left: Value, right: Value): Value {
  if (typeof left !== 'number' || typeof right !== 'number') {
    throw new Error(`invalid operation: ${operator} needs two numbers`);
  }
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  return operator === '/' ? left / right : left % right;
}

function truth(value: Value): boolean {
  if (typeof value !== 'boolean') {
    throw new Error('expected bool, but got another type');
  }
  return value;
}

function combine(
  operator: string,
  left: Expression,
  right: Expression,
): Expression {
  switch (operator) {
    case '??':
      return scope => left(scope) ?? right(scope);
    case '||':
    case 'or':
      return scope => truth(left(scope)) || truth(right(scope));
    case '&&':
    case 'and':
      return scope => truth(left(scope)) && truth(right(scope));
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return scope => arithmetic(operator, left(scope), right(scope));
    default:
      return scope => compare(operator, left(scope), right(scope));
  }
}

/** Reads one condition, by precedence. */
class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  whole(): Expression {
    const expression = this.#ternary();
    if (this.#next.kind !== 'end') this.#refuse();
    return expression;
  }

  get #next(): Token {
    return this.#tokens[this.#at];
  }

  #refuse(): never {
    throw new Error(`unexpected token "${this.#next.text || 'end'}"`);
  }

  #accept(text: string): boolean {
    const { kind, text: found } = this.#next;
    if (found !== text || kind === 'text' || kind === 'end') return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) this.#refuse();
  }

  #ternary(): Expression {
    const condition = this.#binary(0);
    if (!this.#accept('?')) return condition;
    const yes = this.#ternary();
    this.#expect(':');
    const no = this.#ternary();
    return scope => (truth(condition(scope)) ? yes(scope) : no(scope));
  }

  #binary(level: number): Expression {
    if (level === levels.length) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = levels[level].find(entry => this.#accept(entry));
      if (!operator) return left;
      left = combine(operator, left, this.#binary(level + 1));
    }
  }

  #unary(): Expression {
    if (this.#accept('!') || this.#accept('not')) {
      const operand = this.#unary();
      return scope => !truth(operand(scope));
    }
    if (this.#accept('-')) {
      const operand = this.#unary();
      return scope => arithmetic('-', 0, operand(scope));
    }
    return this.#indexed(this.#primary());
  }

  #indexed(base: Expression): Expression {
    let expression = base;
    while (this.#accept('[')) {
      const list = expression;
      const index = this.#ternary();
      this.#expect(']');
      expression = scope => {
        const values = list(scope);
        const position = index(scope);
        if (!Array.isArray(values) || typeof position !== 'number') {
          throw new Error('cannot fetch an element of what is no list');
        }
        if (position >= values.length || position < -values.length) {
          throw new Error(
            `reflect: slice index out of range (1:${values.length})`,
          );
        }
        return values.at(position);
      };
    }
    return expression;
  }

  #primary(): Expression {
    if (this.#accept('(')) {
      const inner = this.#ternary();
      this.#expect(')');
      return inner;
    }
    if (this.#accept('{')) {
      const inner = this.#ternary();
      this.#expect('}');
      return inner;
    }
    if (this.#accept('#')) return scope => scope['#'];
    const { kind, text } = this.#next;
    if (kind === 'number') {
      this.#at++;
      return () => Number(text);
    }
    if (kind === 'text') {
      this.#at++;
      return () => text;
    }
    if (kind !== 'name') return this.#refuse();
    this.#at++;
    if (this.#accept('(')) return this.#call(text);
    if (text === 'true' || text === 'false') return () => text === 'true';
    if (text === 'nil') return () => undefined;
    return scope => {
      if (!(text in scope)) throw new Error(`unknown name ${text}`);
      return scope[text];
    };
  }

  #call(name: string): Expression {
    const operands: Expression[] = [];
    while (!this.#accept(')')) {
      operands.push(this.#ternary());
      if (!this.#accept(',') && this.#next.text !== ')') this.#refuse();
    }
    return scope =>
      callFunction(
        name,
        operands.map(
          operand => item =>
            operand(item === undefined ? scope : { ...scope, '#': item }),
        ),
      );
  }
}

/**
 * Evaluates a success or failure condition in the language that Argo Rollouts
 * uses (expr), as far as conditions over numbers and lists need it.
 * @throws Error when it cannot be read, or is not about true or false
 */
export function evaluateCondition(condition: string, result: Value): boolean {
  return truth(new Parser(condition).whole()({ result }));
}
