import type { FindOperator } from './ast';
import { FindError } from './FindError';
import { operatorAt } from './operators';

/** A piece of an expression, with the characters that it takes up. */
export type Token = { from: number; to: number } & (
  | { type: 'end' }
  | { type: '(' }
  | { type: ')' }
  | { type: ',' }
  | { type: '!' }
  | { type: 'operator'; operator: FindOperator }
  | { type: 'text'; text: string }
  | { type: 'word'; word: string }
);

/** What ends a word; `^`, `$` and `*` end it only where they begin an operator. */
const ENDS_WORD = /[\s(),"'=!<>~]|[*^$]=/g;

/** Where the word that begins at `position` ends. */
export function endOfWord(text: string, position: number): number {
  ENDS_WORD.lastIndex = position;
  return ENDS_WORD.exec(text)?.index ?? text.length;
}

export function skipSpace(text: string, position: number): number {
  let at = position;
  while (at < text.length && /\s/.test(text[at])) {
    at += 1;
  }
  return at;
}

/** A text between quotes, in which a backslash keeps the character after it. */
function quotedAt(text: string, from: number): Token {
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === text[from]) {
      return { type: 'text', text: value, from, to: at + 1 };
    }
    if (text[at] === '\\' && at + 1 < text.length) {
      at += 1;
    }
    value += text[at];
  }
  throw new FindError({
    code: 'unclosedText',
    message: `The text that begins here has no closing ${text[from]}`,
    from,
    to: text.length,
    expected: [text[from]],
  });
}

/** The token that begins at or after a place of the text. */
export function tokenAt(text: string, position: number): Token {
  const from = skipSpace(text, position);
  if (from >= text.length) {
    return { type: 'end', from: text.length, to: text.length };
  }
  const character = text[from];
  if (character === '(' || character === ')' || character === ',') {
    return { type: character, from, to: from + 1 };
  }
  if (character === '"' || character === "'") {
    return quotedAt(text, from);
  }
  const operator = operatorAt(text, from);
  if (operator) {
    return {
      type: 'operator',
      operator: operator.operator,
      from,
      to: from + operator.length,
    };
  }
  if (character === '!') {
    return { type: '!', from, to: from + 1 };
  }
  // A lone ~ is no word either: it stands for itself, to be refused by name.
  const to = Math.max(endOfWord(text, from), from + 1);
  return { type: 'word', word: text.slice(from, to), from, to };
}
