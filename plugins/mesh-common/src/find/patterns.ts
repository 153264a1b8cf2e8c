const MAX_PATTERN = 200;
/** Each repeat, and beginning anywhere, is one more power of the name's length. */
const MAX_REPEATS = 2;
const MAX_REPEATS_ANCHORED = 3;
const MAX_OPTIONS = 8;

/** What keeps a pattern from being used, in words. */
export type PatternProblem = string;

type Group = { repeats: boolean; alternates: boolean };

/** Length of the quantifier at a place of a pattern, 0 if there is none; whether it repeats, and how often is open. */
function quantifierAt(
  source: string,
  at: number,
): { length: number; repeats: boolean; isOpen: boolean } {
  if (source[at] === '*' || source[at] === '+') {
    return { length: 1, repeats: true, isOpen: true };
  }
  if (source[at] === '?') {
    return { length: 1, repeats: false, isOpen: false };
  }
  const [counted] = /^\{\d+(,\d*)?\}/.exec(source.slice(at, at + 24)) ?? [''];
  return {
    length: counted.length,
    repeats: counted !== '',
    isOpen: counted.includes(','),
  };
}

/**
 * Why a pattern may take exponential time on some name: JavaScript's engine
 * backtracks, so a repeated group that repeats or alternates inside is
 * refused, as are back references, looking around and many repeats in a row.
 */
function dangerOf(source: string): PatternProblem | undefined {
  const groups: Group[] = [{ repeats: false, alternates: false }];
  let repeats = 0;
  let options = 0;
  let at = 0;
  while (at < source.length) {
    const character = source[at];
    let closed: Group | undefined;
    if (character === '\\') {
      if (/[1-9k]/.test(source[at + 1] ?? '')) {
        return 'back references are not supported';
      }
      at += 1;
    } else if (character === '[') {
      at += 1;
      while (at < source.length && source[at] !== ']') {
        at += source[at] === '\\' ? 2 : 1;
      }
    } else if (character === '(') {
      if (/^\(\?(<?[=!])/.test(source.slice(at, at + 4))) {
        return 'looking ahead or behind is not supported';
      }
      groups.push({ repeats: false, alternates: false });
      const [named] = /^\(\?(:|<\w+>)/.exec(source.slice(at)) ?? ['('];
      at += named.length - 1;
    } else if (character === '|') {
      groups[groups.length - 1].alternates = true;
    } else if (character === ')' && groups.length > 1) {
      closed = groups.pop();
    }
    at += 1;
    const quantifier = quantifierAt(source, at);
    const outer = groups[groups.length - 1];
    if (quantifier.repeats && closed && (closed.repeats || closed.alternates)) {
      return 'a repeated group must not repeat or alternate inside';
    }
    outer.repeats ||= quantifier.length > 0 || Boolean(closed?.repeats);
    outer.alternates ||= Boolean(closed?.alternates);
    repeats += Number(quantifier.isOpen);
    options += Number(quantifier.length > 0 && !quantifier.repeats);
    at += quantifier.length;
  }
  if (options > MAX_OPTIONS) {
    return `at most ${MAX_OPTIONS} optional parts are supported`;
  }
  const isAnchored = source.startsWith('^') && !groups[0].alternates;
  return repeats > (isAnchored ? MAX_REPEATS_ANCHORED : MAX_REPEATS)
    ? `at most ${MAX_REPEATS} repeats are supported, or ${MAX_REPEATS_ANCHORED} after ^`
    : undefined;
}

/**
 * Compiles a regular expression that matches names in bounded time.
 *
 * @returns the expression, or why it is refused
 */
export function compilePattern(
  source: string,
  ignoreCase: boolean,
): RegExp | PatternProblem {
  if (source === '') {
    return 'it is empty';
  }
  if (source.length > MAX_PATTERN) {
    return `it is longer than ${MAX_PATTERN} characters`;
  }
  try {
    const pattern = new RegExp(source, ignoreCase ? 'i' : '');
    return dangerOf(source) ?? pattern;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.replace(/^Invalid regular expression: /, '');
  }
}
