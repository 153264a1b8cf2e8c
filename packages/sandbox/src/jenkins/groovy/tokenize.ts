/** A piece of Groovy. */
export interface Token {
  kind: 'name' | 'number' | 'text' | 'symbol' | 'end';
  text: string;
  /** Whether `$` and `${}` within a text stand for values. */
  isTemplate?: boolean;
  /** Starts at 1. */
  line: number;
  column: number;
  /** Whether it is the first of its line. */
  isFirst: boolean;
}

/** A script that cannot be read, as Groovy's compiler says it. */
export class ScriptError extends Error {
  constructor(message: string, readonly line: number, readonly column: number) {
    super(message);
  }

  /** What a console shows of it. */
  get report(): string {
    const { line, column, message } = this;
    return `org.codehaus.groovy.control.MultipleCompilationErrorsException: startup failed:\nWorkflowScript: ${line}: ${message} @ line ${line}, column ${column}.\n\n1 error\n`;
  }
}

const quotes = ["'''", '"""', "'", '"'] as const;
const symbols = [
  '?:',
  '==',
  '!=',
  '&&',
  '||',
  '<=',
  '>=',
  '=~',
  '->',
  '?.',
  '+=',
];
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Splits a script into tokens. @throws ScriptError */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  let isFirst = true;

  const place = () => ({ line, column: at - lineStart + 1 });
  const fail = (message: string): never => {
    const { line: where, column } = place();
    throw new ScriptError(message, where, column);
  };
  const advance = (count: number) => {
    for (let left = count; left > 0; left--) {
      if (source[at] === '\n') {
        line++;
        lineStart = at + 1;
      }
      at++;
    }
  };
  const push = (
    token: Pick<Token, 'kind' | 'text' | 'isTemplate'>,
    length: number,
  ) => {
    tokens.push({ ...token, ...place(), isFirst });
    isFirst = false;
    advance(length);
  };

  function text(quote: string): void {
    const isTemplate = quote.startsWith('"');
    let value = '';
    let end = at + quote.length;
    while (!source.startsWith(quote, end)) {
      const character = source[end];
      if (
        character === undefined ||
        (character === '\n' && quote.length === 1)
      ) {
        fail(`expecting '${quote[0]}', found '\\n'`);
      }
      if (character === '\\') {
        const next = source[end + 1] ?? '';
        // A dollar that stands for itself must not be taken for a value later.
        if (next === '$' && isTemplate) value += '\\$';
        else if (next !== '\n') value += escapes[next] ?? next;
        end += 2;
      } else {
        value += character;
        end++;
      }
    }
    push({ kind: 'text', text: value, isTemplate }, end + quote.length - at);
  }

  while (at < source.length) {
    const rest = source.slice(at, at + 3);
    const character = source[at];
    const quote = quotes.find(each => rest.startsWith(each));
    if (character === '\n') {
      advance(1);
      isFirst = true;
    } else if (/\s/.test(character)) advance(1);
    else if (rest.startsWith('//') || (at === 0 && rest.startsWith('#!'))) {
      const end = source.indexOf('\n', at);
      advance((end < 0 ? source.length : end) - at);
    } else if (rest.startsWith('/*')) {
      const end = source.indexOf('*/', at);
      if (end < 0) fail('unexpected end of comment');
      advance(end + 2 - at);
    } else if (quote) text(quote);
    else {
      const word = /^[A-Za-z_$][\w$]*/.exec(source.slice(at, at + 200));
      const number = /^\d+(\.\d+)?/.exec(source.slice(at, at + 50));
      const symbol = symbols.find(each => rest.startsWith(each)) ?? character;
      if (word) push({ kind: 'name', text: word[0] }, word[0].length);
      else if (number)
        push({ kind: 'number', text: number[0] }, number[0].length);
      else if (/[{}()[\],.:;=!<>?+\-*/%&|]/.test(character)) {
        push({ kind: 'symbol', text: symbol }, symbol.length);
      } else fail(`unexpected char: '${character}'`);
    }
  }
  tokens.push({ kind: 'end', text: '', ...place(), isFirst: true });
  return tokens;
}
