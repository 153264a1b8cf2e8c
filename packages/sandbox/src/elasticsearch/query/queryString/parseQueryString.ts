/** One thing that Lucene's syntax looks for. */
export type LuceneNode =
  | { type: 'group'; clauses: LuceneClause[]; field?: string }
  | { type: 'word'; text: string; field?: string; isPattern: boolean }
  | { type: 'phrase'; text: string; slop: number; field?: string }
  | {
      type: 'range';
      field?: string;
      from: string;
      to: string;
      includesFrom: boolean;
      includesTo: boolean;
    };

/** A node and whether it must, should or must not match. */
export interface LuceneClause {
  occurs: 'must' | 'should' | 'not';
  node: LuceneNode;
}

/** Lucene's complaint about a query. */
export class LuceneSyntaxError extends Error {}

const STOP = /[\s()"[\]{}]/;

/** A recursive-descent reader of the common part of Lucene's query syntax. */
class QueryStringReader {
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly operator: 'and' | 'or',
  ) {}

  read(): LuceneNode {
    const group = this.#group();
    if (this.#at < this.text.length) this.#fail();
    return group;
  }

  #fail(): never {
    const found = this.text[this.#at];
    throw new LuceneSyntaxError(
      `Cannot parse '${this.text}': Encountered "${
        found ?? '<EOF>'
      }" at line 1, column ${this.#at}.`,
    );
  }

  #skip(): void {
    while (/\s/.test(this.text[this.#at] ?? '')) this.#at++;
  }

  #take(expression: RegExp): RegExpExecArray | undefined {
    const sticky = new RegExp(expression, 'y');
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.text);
    if (found) this.#at += found[0].length;
    return found ?? undefined;
  }

  #group(): LuceneNode {
    const clauses: LuceneClause[] = [];
    const standard = this.operator === 'and' ? 'must' : 'should';
    for (;;) {
      this.#skip();
      if (this.#at >= this.text.length || this.text[this.#at] === ')') break;
      const joined = this.#take(/(AND|OR|&&|\|\|)(?=[\s(])/)?.[1];
      if (joined && clauses.length === 0) this.#fail();
      this.#skip();
      const isAnd = joined === 'AND' || joined === '&&';
      const isOr = joined === 'OR' || joined === '||';
      const previous = clauses.at(-1);
      // As in Lucene, AND makes both sides compulsory, and OR by default takes it back.
      if (previous && previous.occurs !== 'not') {
        if (isAnd) previous.occurs = 'must';
        else if (isOr && this.operator === 'and') previous.occurs = 'should';
      }
      let occurs: LuceneClause['occurs'] = standard;
      if (isAnd) occurs = 'must';
      else if (isOr) occurs = 'should';
      if (this.#take(/NOT(?=[\s(])\s*|[!-]/)) occurs = 'not';
      else if (this.#take(/\+/)) occurs = 'must';
      if (this.#at >= this.text.length) this.#fail();
      clauses.push({ occurs, node: this.#clause() });
    }
    return { type: 'group', clauses };
  }

  #clause(): LuceneNode {
    const name = this.#take(
      /((?:\\.|[^\s()"[\]{}:\\+\-!])(?:\\.|[^\s()"[\]{}:\\])*):/,
    );
    const field = name && { field: name[1].replace(/\\(.)/g, '$1') };
    this.#skip();
    const character = this.text[this.#at];
    if (character === '(') {
      this.#at++;
      const group = this.#group();
      if (this.text[this.#at] !== ')') this.#fail();
      this.#at++;
      this.#boost();
      return { ...group, ...field };
    }
    if (character === '"') return { ...this.#phrase(), ...field };
    if (character === '[' || character === '{') {
      return { ...this.#range(), ...field };
    }
    const comparison = this.#take(/(>=|<=|>|<)/)?.[1];
    const text = this.#word();
    if (comparison) return { ...openRange(comparison, text), ...field };
    this.#boost();
    return {
      type: 'word',
      text,
      isPattern: /(^|[^\\])[*?]/.test(text),
      ...field,
    };
  }

  #boost(): void {
    this.#take(/\^[\d.]+|~[\d.]*/);
  }

  #word(): string {
    const begin = this.#at;
    while (this.#at < this.text.length) {
      const character = this.text[this.#at];
      if (character === '\\') this.#at += 2;
      else if (STOP.test(character) || /[\^~]/.test(character)) break;
      else this.#at++;
    }
    if (this.#at === begin) this.#fail();
    return this.text.slice(begin, this.#at);
  }

  #phrase(): LuceneNode {
    const found = this.#take(/"((?:\\.|[^"\\])*)"/s);
    if (!found) this.#fail();
    const slop = Number(this.#take(/~(\d+)/)?.[1] ?? 0);
    this.#boost();
    const text = found[1].replace(/\\(.)/gs, '$1');
    return { type: 'phrase', text, slop };
  }

  #range(): LuceneNode {
    const found = this.#take(
      /([[{])\s*("[^"]*"|\S+)\s+TO\s+("[^"]*"|[^\s\]}]+)\s*([\]}])/,
    );
    if (!found) this.#fail();
    const [, open, from, to, close] = found;
    const bare = (text: string) => text.replace(/^"|"$/g, '');
    return {
      type: 'range',
      from: bare(from),
      to: bare(to),
      includesFrom: open === '[',
      includesTo: close === ']',
    };
  }
}

function openRange(comparison: string, text: string): LuceneNode {
  const isLower = comparison.startsWith('>');
  const includes = comparison.endsWith('=');
  return {
    type: 'range',
    from: isLower ? text : '*',
    to: isLower ? '*' : text,
    includesFrom: includes,
    includesTo: includes,
  };
}

/**
 * Reads a query in Lucene's syntax: fields, phrases, groups, `AND OR NOT + - !`,
 * wildcards and ranges. Regular expressions and fuzzy words are read as words.
 *
 * @throws LuceneSyntaxError
 */
export function parseQueryString(
  text: string,
  operator: 'and' | 'or',
): LuceneNode {
  return new QueryStringReader(text, operator).read();
}
