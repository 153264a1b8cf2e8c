import type { KqlLiteral, KqlPlace } from './ast';
import { LogQueryError } from './LogQueryError';

const SPECIAL = new Set(['(', ')', ':', '<', '>', '"', '{', '}']);
const KEYWORD = /^(and|or|not)(?![^\s()":<>{}])/i;

/** In phrases these stand for white space; in words `\\not` is the word `not`. */
const WHITE = { n: '\n', r: '\r', t: '\t' };

/** A literal and where it stands. */
export type ScannedLiteral = {
  literal: KqlLiteral;
  at: KqlPlace;
  /** Position of the first white space between its words; undefined when it is one word. */
  breakAt?: number;
};

/** Reads the text of a query piece by piece. */
export class Scanner {
  readonly text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.position >= this.text.length;
  }

  peek(): string {
    return this.text.charAt(this.position);
  }

  skipSpace(): void {
    while (!this.isAtEnd && /\s/.test(this.peek())) {
      this.position += 1;
    }
  }

  /** Takes a symbol when it comes next, after white space. */
  take(symbol: string): boolean {
    this.skipSpace();
    if (!this.text.startsWith(symbol, this.position)) {
      return false;
    }
    this.position += symbol.length;
    return true;
  }

  /** Takes `and`, `or` or `not` when it comes next, in any case. */
  takeKeyword(keyword: 'and' | 'or' | 'not'): boolean {
    this.skipSpace();
    const found = this.keywordAhead();
    if (found !== keyword) {
      return false;
    }
    this.position += keyword.length;
    return true;
  }

  /** The keyword at the present position. */
  keywordAhead(): 'and' | 'or' | 'not' | undefined {
    const match = KEYWORD.exec(
      this.text.slice(this.position, this.position + 4),
    );
    return match?.[1].toLowerCase() as 'and' | 'or' | 'not' | undefined;
  }

  /** What comes next, as a sentence about it would call it. */
  describeNext(): string {
    if (this.isAtEnd) {
      return 'the end of the query';
    }
    return this.keywordAhead() ?? this.peek();
  }

  /** Reads a word, several words, or a quoted phrase; undefined when none comes next. */
  readLiteral(): ScannedLiteral | undefined {
    this.skipSpace();
    return this.peek() === '"' ? this.#readPhrase() : this.#readWords();
  }

  #readPhrase(): ScannedLiteral {
    const start = this.position;
    this.position += 1;
    let text = '';
    while (this.peek() !== '"') {
      if (this.isAtEnd) {
        throw new LogQueryError(
          'This quotation mark has no second one',
          start,
          this.text.length - start,
        );
      }
      text += this.#readCharacter(WHITE);
    }
    this.position += 1;
    return {
      literal: { isPhrase: true, parts: [text] },
      at: { position: start, length: this.position - start },
    };
  }

  #readWords(): ScannedLiteral | undefined {
    const start = this.position;
    const parts = [''];
    let end = start;
    let breakAt: number | undefined;
    while (!this.isAtEnd) {
      const character = this.peek();
      if (/\s/.test(character)) {
        const spaceAt = this.position;
        this.skipSpace();
        if (
          this.isAtEnd ||
          SPECIAL.has(this.peek()) ||
          this.keywordAhead() !== undefined
        ) {
          break;
        }
        breakAt ??= spaceAt;
        parts[parts.length - 1] += ' ';
      } else if (
        SPECIAL.has(character) ||
        (this.position === start && this.keywordAhead() !== undefined)
      ) {
        break;
      } else if (character === '*') {
        parts.push('');
        this.position += 1;
        end = this.position;
      } else {
        parts[parts.length - 1] += this.#readCharacter();
        end = this.position;
      }
    }
    if (end === start) {
      this.position = start;
      return undefined;
    }
    return {
      literal: { isPhrase: false, parts },
      at: { position: start, length: end - start },
      breakAt,
    };
  }

  /** One character; a backslash takes away the meaning of what follows it. */
  #readCharacter(meanings: Readonly<Record<string, string>> = {}): string {
    if (this.peek() !== '\\') {
      const character = this.peek();
      this.position += 1;
      return character;
    }
    const escaped = this.text.charAt(this.position + 1);
    if (escaped === '') {
      throw new LogQueryError(
        'A backslash needs a character after it',
        this.position,
      );
    }
    this.position += 2;
    return meanings[escaped] ?? escaped;
  }
}
