import { ScriptError, type Token } from './tokenize';

/** Where a parser is among the tokens of a script. */
export class Cursor {
  protected at = 0;

  constructor(protected readonly tokens: readonly Token[]) {}

  protected get token(): Token {
    return this.tokens[this.at];
  }

  /** Whether the next token is this symbol or name. */
  protected is(text: string): boolean {
    const { kind, text: found } = this.token;
    return (kind === 'symbol' || kind === 'name') && found === text;
  }

  /** Passes a symbol or name; false when something else is next. */
  protected accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  /** @throws ScriptError always */
  protected fail(message?: string): never {
    const { kind, text, line, column } = this.token;
    const found = kind === 'end' ? '<EOF>' : text;
    throw new ScriptError(
      message ?? `unexpected token: ${found}`,
      line,
      column,
    );
  }

  /** @throws ScriptError when something else is next */
  protected expect(text: string): void {
    if (!this.accept(text)) {
      this.fail(`expecting '${text}', found '${this.token.text}'`);
    }
  }

  /** @throws ScriptError when no name is next */
  protected name(): string {
    if (this.token.kind !== 'name') this.fail();
    return this.tokens[this.at++].text;
  }
}
