import { LogQueryError } from './LogQueryError';
import { Scanner } from './Scanner';

/**
 * What can be written at a place of a query: a field (or a word), a value of
 * a field, or an operator. `from` is where what has been written of it begins.
 *
 * @public
 */
export type KqlContext = {
  kind: 'field' | 'value' | 'operator';
  /** For values: the field that they belong to. */
  field?: string;
  from: number;
  /** What has been written of it. */
  prefix: string;
};

/**
 * What a completion at `position` should offer. It looks at what stands
 * before the position only, and never throws.
 *
 * @public
 */
export function kqlContextAt(text: string, position: number): KqlContext {
  const before = text.slice(0, position);
  const scanner = new Scanner(before);
  let context: KqlContext = { kind: 'field', from: position, prefix: '' };
  let field: string | undefined;
  let isValueNext = false;
  let depthOfValues: number | undefined;
  let depth = 0;
  for (;;) {
    scanner.skipSpace();
    if (scanner.isAtEnd) {
      return context;
    }
    const start = scanner.position;
    const keyword = scanner.keywordAhead();
    const isInValues = depthOfValues !== undefined;
    if (keyword && start + keyword.length < before.length) {
      scanner.takeKeyword(keyword);
      isValueNext = isInValues;
      context = next(isValueNext ? 'value' : 'field', field, position);
      continue;
    }
    if (scanner.take('(')) {
      depth += 1;
      if (isValueNext && !isInValues) {
        depthOfValues = depth;
      }
      context = next(isValueNext ? 'value' : 'field', field, position);
      continue;
    }
    if (scanner.take(')')) {
      if (depthOfValues === depth) {
        depthOfValues = undefined;
      }
      depth = Math.max(0, depth - 1);
      isValueNext = false;
      context = next('operator', undefined, position);
      continue;
    }
    let literal: string | undefined;
    try {
      literal = keyword ?? scanner.readLiteral()?.literal.parts.join('*');
    } catch (error) {
      if (!(error instanceof LogQueryError)) {
        throw error;
      }
      // An open quotation mark: what follows it is being written.
      literal = before.slice(start + 1);
      scanner.position = before.length;
    }
    if (keyword) {
      scanner.position += keyword.length;
    }
    if (literal === undefined) {
      // A stray symbol: step over it.
      scanner.position += 1;
      context = next('field', undefined, position);
      continue;
    }
    const ends = scanner.position >= before.length && !/\s$/.test(before);
    if (isValueNext) {
      context = ends
        ? { kind: 'value', field, from: start, prefix: literal }
        : next('operator', undefined, position);
      isValueNext = isInValues;
      continue;
    }
    if (['>=', '<=', '>', '<', ':'].some(symbol => scanner.take(symbol))) {
      field = literal;
      isValueNext = true;
      context = next('value', field, position);
      continue;
    }
    if (ends) {
      const wordAt = before.search(/\S+$/);
      const from = Math.max(start, wordAt);
      return { kind: 'field', from, prefix: before.slice(from) };
    }
    context = next('operator', undefined, position);
  }
}

function next(
  kind: KqlContext['kind'],
  field: string | undefined,
  from: number,
): KqlContext {
  return {
    kind,
    from,
    prefix: '',
    ...(kind === 'value' && { field }),
  };
}
