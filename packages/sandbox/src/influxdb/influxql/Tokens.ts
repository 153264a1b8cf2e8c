import { InfluxSyntaxError } from './ast';

/** One piece of a query. */
export interface Token {
  type:
    | 'word'
    | 'identifier'
    | 'string'
    | 'number'
    | 'regex'
    | 'symbol'
    | 'end';
  text: string;
  position: number;
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  u: 1e-3,
  µ: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

const PATTERNS: readonly [Token['type'], RegExp][] = [
  ['identifier', /"((?:\\.|[^"\\])*)"/y],
  ['string', /'((?:\\.|[^'\\])*)'/y],
  ['number', /(-?\d+(?:\.\d+)?(?:ns|ms|[uµsmhdw])?)(?!\w)/y],
  ['word', /([A-Za-z_]\w*)/y],
  ['symbol', /(=~|!~|!=|<>|<=|>=|[=<>(),;*+-])/y],
];
const REGEX = /\/((?:\\.|[^/\\])+)\//y;

function split(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    if (/\s/.test(query[at])) {
      at++;
      continue;
    }
    // A slash begins a regular expression: nothing is divided here.
    const patterns: readonly [Token['type'], RegExp][] =
      query[at] === '/' ? [['regex', REGEX]] : PATTERNS;
    const position = at;
    for (const [type, pattern] of patterns) {
      pattern.lastIndex = at;
      const found = pattern.exec(query);
      if (!found) continue;
      const isQuoted = type === 'identifier' || type === 'string';
      const text = isQuoted ? found[1].replace(/\\(.)/g, '$1') : found[1];
      tokens.push({ type, text, position });
      at += found[0].length;
      break;
    }
    if (at === position) {
      throw new InfluxSyntaxError(
        `error parsing query: found ${
          query[at]
        }, expected identifier, string, number, bool at line 1, char ${at + 1}`,
      );
    }
  }
  return [...tokens, { type: 'end', text: 'EOF', position: query.length }];
}

/** Milliseconds of a number with a unit; undefined without one. */
export function durationOf(text: string): number | undefined {
  const parts = /^(-?\d+(?:\.\d+)?)(ns|ms|[uµsmhdw])$/.exec(text);
  return parts ? Number(parts[1]) * UNITS[parts[2]] : undefined;
}

/** The pieces of a query, one after the other. */
export class Tokens {
  readonly #tokens: Token[];
  #at = 0;

  constructor(query: string) {
    this.#tokens = split(query);
  }

  get next(): Token {
    return this.#tokens[this.#at];
  }

  take(): Token {
    const token = this.next;
    if (token.type !== 'end') this.#at++;
    return token;
  }

  /** Whether the next piece is this word or symbol. */
  is(text: string): boolean {
    const { type, text: found } = this.next;
    return (
      (type === 'word' || type === 'symbol') &&
      found.toUpperCase() === text.toUpperCase()
    );
  }

  /** Takes words or symbols when all of them come next. */
  takes(...texts: string[]): boolean {
    const from = this.#at;
    for (const text of texts) {
      if (!this.is(text)) {
        this.#at = from;
        return false;
      }
      this.take();
    }
    return true;
  }

  expect(text: string): void {
    if (!this.takes(text)) this.fail(text);
  }

  /** A name, quoted or not. */
  name(): string {
    const { type, text } = this.next;
    if (type !== 'word' && type !== 'identifier') this.fail('identifier');
    this.take();
    return text;
  }

  fail(expected: string): never {
    const { text, position } = this.next;
    throw new InfluxSyntaxError(
      `error parsing query: found ${text}, expected ${expected} at line 1, char ${
        position + 1
      }`,
    );
  }
}
