import type { CallSyntax, Expression, Statement } from './syntax';
import { Cursor } from './Cursor';
import { ScriptError, tokenize, type Token } from './tokenize';

/** How tightly operators bind. */
const strengths: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '>': 4,
  '<=': 4,
  '>=': 4,
  '+': 5,
};

/** Reads the part of Groovy that declarative pipelines are written in. */
class Parser extends Cursor {
  script(): Statement[] {
    const statements: Statement[] = [];
    while (this.token.kind !== 'end') {
      if (!this.accept(';')) statements.push(this.#statement());
    }
    return statements;
  }

  #block(): Statement[] {
    this.expect('{');
    const statements: Statement[] = [];
    while (!this.accept('}')) {
      if (this.token.kind === 'end') this.fail("expecting '}', found ''");
      if (!this.accept(';')) statements.push(this.#statement());
    }
    return statements;
  }

  #statement(): Statement {
    if (this.is('if')) return this.#if();
    const { line, column } = this.token;
    const assigned = this.#assigned();
    if (assigned !== undefined) {
      return {
        kind: 'assign',
        target: assigned,
        value: this.expression(),
        line,
        column,
      };
    }
    if (this.token.kind === 'name') {
      const start = this.at;
      const call = this.#step();
      if (call && !this.#continues()) return { kind: 'call', call };
      this.at = start;
    }
    return { kind: 'expression', value: this.expression() };
  }

  /** Whether what was read is only the beginning of an expression. */
  #continues(): boolean {
    return (
      !this.token.isFirst &&
      ['.', '?.', '==', '?', '?:', '+', '&&', '||', '!=', '['].some(each =>
        this.is(each),
      )
    );
  }

  /** What `name =`, `def name =` or `env.name =` assigns to; undefined elsewhere. */
  #assigned(): string | undefined {
    const start = this.at;
    if (this.is('def') || this.is('String')) this.at++;
    if (this.token.kind === 'name') {
      let target = this.name();
      while (this.accept('.')) target += `.${this.name()}`;
      if (this.accept('=')) return target;
    }
    this.at = start;
    return undefined;
  }

  #if(): Statement {
    this.expect('if');
    this.expect('(');
    const condition = this.expression();
    this.expect(')');
    const branch = () => (this.is('{') ? this.#block() : [this.#statement()]);
    const then = branch();
    let other: Statement[] = [];
    if (this.accept('else')) other = branch();
    return { kind: 'if', condition, then, other };
  }

  /** `name`, `name(...)`, `name argument, ...`, each perhaps with a body; undefined when it is no step. */
  #step(): CallSyntax | undefined {
    const { line, column } = this.token;
    const name = this.name();
    const call: CallSyntax = { name, positional: [], named: {}, line, column };
    const token = this.token;
    if (token.kind === 'symbol' && token.text === '(') this.#arguments(call);
    else if (
      !token.isFirst &&
      (token.kind === 'text' ||
        token.kind === 'name' ||
        token.kind === 'number')
    ) {
      this.#list(
        call,
        () =>
          this.token.isFirst || this.is('}') || this.is('{') || this.is(';'),
      );
    } else if (
      !this.is('{') &&
      !token.isFirst &&
      !this.is('}') &&
      !this.is(';') &&
      token.kind !== 'end'
    ) {
      return undefined;
    }
    if (this.is('{')) call.body = this.#block();
    return call;
  }

  #arguments(call: CallSyntax): void {
    this.expect('(');
    this.#list(call, () => this.is(')'));
    this.expect(')');
  }

  #list(call: CallSyntax, isEnd: () => boolean): void {
    const named: Record<string, Expression> = {};
    while (!isEnd()) {
      const next = this.tokens[this.at + 1];
      if (
        this.token.kind === 'name' &&
        next.kind === 'symbol' &&
        next.text === ':'
      ) {
        const name = this.name();
        this.expect(':');
        named[name] = this.expression();
      } else call.positional.push(this.expression());
      if (!this.accept(',')) break;
    }
    call.named = named;
  }

  expression(): Expression {
    const condition = this.#binary(1);
    if (this.accept('?:')) {
      return { kind: 'choice', condition, other: this.expression() };
    }
    if (this.accept('?')) {
      const then = this.expression();
      this.expect(':');
      return { kind: 'choice', condition, then, other: this.expression() };
    }
    return condition;
  }

  #binary(least: number): Expression {
    let left = this.#unary();
    for (;;) {
      const operator = this.token.kind === 'symbol' ? this.token.text : '';
      const strength = strengths[operator] ?? 0;
      if (strength < least) return left;
      this.at++;
      left = {
        kind: 'binary',
        operator,
        left,
        right: this.#binary(strength + 1),
      };
    }
  }

  #unary(): Expression {
    return this.accept('!')
      ? { kind: 'not', of: this.#unary() }
      : this.#postfix();
  }

  #postfix(): Expression {
    let value = this.#primary();
    for (;;) {
      if (this.accept('.') || this.accept('?.')) {
        const { line, column } = this.token;
        const name = this.name();
        if (this.is('(')) {
          const call: CallSyntax = {
            name,
            positional: [],
            named: {},
            line,
            column,
          };
          this.#arguments(call);
          value = { kind: 'call', of: value, call };
        } else value = { kind: 'member', of: value, name };
      } else if (!this.token.isFirst && this.is('[')) {
        this.expect('[');
        const key = this.token;
        if (key.kind !== 'text') this.fail();
        this.at++;
        this.expect(']');
        value = { kind: 'member', of: value, name: key.text };
      } else return value;
    }
  }

  #primary(): Expression {
    const token = this.token;
    if (token.kind === 'text') {
      this.at++;
      return token.isTemplate
        ? template(token)
        : { kind: 'value', value: token.text };
    }
    if (token.kind === 'number') {
      this.at++;
      return { kind: 'value', value: Number(token.text) };
    }
    if (this.accept('(')) {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (this.accept('[')) {
      const items: Expression[] = [];
      while (!this.accept(']')) {
        items.push(this.expression());
        if (!this.accept(',') && !this.is(']')) this.fail();
      }
      return { kind: 'list', items };
    }
    if (token.kind !== 'name') this.fail();
    if (['true', 'false'].includes(token.text)) {
      this.at++;
      return { kind: 'value', value: token.text === 'true' };
    }
    if (this.accept('null')) return { kind: 'value', value: null };
    const next = this.tokens[this.at + 1];
    if (next.kind === 'symbol' && next.text === '(') {
      const { line, column } = token;
      const call: CallSyntax = {
        name: this.name(),
        positional: [],
        named: {},
        line,
        column,
      };
      this.#arguments(call);
      return { kind: 'call', call };
    }
    return { kind: 'name', name: this.name() };
  }
}

/** Splits a text with `$name`, `$name.name` and `${expression}` into its parts. */
function template({ text, line, column }: Token): Expression {
  const parts: (string | Expression)[] = [];
  let rest = text;
  while (rest !== '') {
    const found =
      /(?<!\\)\$(?:\{([^}]*)\}|([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*))/.exec(rest);
    const until = found?.index ?? rest.length;
    if (until > 0) parts.push(rest.slice(0, until).replaceAll('\\$', '$'));
    if (!found) break;
    const source = found[1] ?? found[2];
    try {
      parts.push(new Parser(tokenize(source)).expression());
    } catch (error) {
      if (error instanceof ScriptError)
        throw new ScriptError(error.message, line, column);
      throw error;
    }
    rest = rest.slice(until + found[0].length);
  }
  return { kind: 'template', parts };
}

/** Reads a script. @throws ScriptError */
export function parseScript(source: string): Statement[] {
  return new Parser(tokenize(source)).script();
}
