import type { FindExpression, FindOperator } from './ast';
import { conjunctionExpected } from './expectations';
import { negationOf, OPERATOR_WORDS } from './operators';
import type { Targets } from './targets';
import { tokenAt, type Token } from './tokens';

/** A part of an expression, what it can find, and where it stands. */
export type Parsed = {
  expression: FindExpression;
  targets: Targets;
  from: number;
  to: number;
};

const CONJUNCTIONS = { and: ['and', '&&'], or: ['or', '||'] };

function isWord(token: Token, ...words: string[]): boolean {
  return token.type === 'word' && words.includes(token.word.toLowerCase());
}

/** Walks over the tokens of an expression. */
export class TokenReader {
  readonly text: string;
  /** Where the last token that was taken ends. */
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  peek(): Token {
    return tokenAt(this.text, this.position);
  }

  take(): Token {
    const token = this.peek();
    this.position = token.to;
    return token;
  }

  /** The token after the next one. */
  peekSecond(): Token {
    return tokenAt(this.text, this.peek().to);
  }

  takeConjunction(name: 'and' | 'or'): boolean {
    const isThere = isWord(this.peek(), ...CONJUNCTIONS[name]);
    if (isThere) {
      this.take();
    }
    return isThere;
  }

  /** Whether a word joins two conditions and so cannot be one. */
  isConjunction(token: Token): boolean {
    return isWord(token, ...CONJUNCTIONS.and, ...CONJUNCTIONS.or);
  }

  /** Takes `!` or `not`. */
  takeNot(): boolean {
    const isThere = this.peek().type === '!' || isWord(this.peek(), 'not');
    if (isThere) {
      this.take();
    }
    return isThere;
  }

  /** Takes Kiali's fillers, `is` and `has`, which say nothing, before what they stand for. */
  skipFillers(): void {
    while (isWord(this.peek(), 'is', 'has')) {
      const next = this.peekSecond();
      const stands =
        next.type === '!' ||
        (next.type === 'word' &&
          !this.isConjunction(next) &&
          !OPERATOR_WORDS.has(next.word.toLowerCase()));
      if (!stands) {
        return;
      }
      this.take();
    }
  }

  /** Takes an operator in any of its spellings: `^=`, `startswith`, `not startswith`, `!startswith`. */
  takeOperator(): FindOperator | undefined {
    const token = this.peek();
    if (token.type === 'operator') {
      this.take();
      return token.operator;
    }
    const isNegated = token.type === '!' || isWord(token, 'not');
    const worded = isNegated ? this.peekSecond() : token;
    const operator =
      worded.type === 'word'
        ? OPERATOR_WORDS.get(worded.word.toLowerCase())
        : undefined;
    if (operator === undefined) {
      return undefined;
    }
    this.position = worded.to;
    return isNegated ? negationOf(operator) : operator;
  }

  closeParenthesis(): void {
    const token = this.peek();
    if (token.type !== ')') {
      throw conjunctionExpected(token, [')']);
    }
    this.take();
  }
}
