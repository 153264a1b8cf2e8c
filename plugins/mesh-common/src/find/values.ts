import type { FindOperator, FindValue } from './ast';
import { valueExpected } from './expectations';
import { FindError } from './FindError';
import type { NumberOperand, TextOperand } from './operands';
import { compilePattern } from './patterns';
import { parseQuantity, QUANTITY_EXAMPLES, suffixesOf } from './quantities';
import { skipSpace, tokenAt, type Token } from './tokens';

/** A value and where it ends. */
export type ReadValue = { value: FindValue; to: number };

/** Reads `/source/i` at a place of the text; a slash inside is `\/`. */
function patternAt(
  text: string,
  from: number,
): { source: string; flags: string; to: number } {
  let isClass = false;
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') {
      at += 1;
    } else if (text[at] === '[') {
      isClass = true;
    } else if (text[at] === ']') {
      isClass = false;
    } else if (text[at] === '/' && !isClass) {
      const [flags] = /^[a-z]*/i.exec(text.slice(at + 1, at + 9)) ?? [''];
      return {
        source: text
          .slice(from + 1, at)
          .replace(/\\[^]/g, pair => (pair === '\\/' ? '/' : pair)),
        flags,
        to: at + 1 + flags.length,
      };
    }
  }
  throw new FindError({
    code: 'badPattern',
    message: 'The regular expression that begins here has no closing /',
    from,
    to: text.length,
    expected: ['/'],
  });
}

function patternValue(text: string, from: number, token: Token): ReadValue {
  const isSlashed = text[from] === '/';
  let read = { source: '', flags: '', to: token.to };
  if (isSlashed) {
    read = patternAt(text, from);
  } else if (token.type === 'text') {
    read.source = token.text;
  } else if (token.type === 'word') {
    read.source = token.word;
  }
  const flags = read.flags.toLowerCase();
  if (flags !== '' && flags !== 'i') {
    throw new FindError({
      code: 'badPattern',
      message: `The only flag of a regular expression is i, not ${read.flags}`,
      from: read.to - flags.length,
      to: read.to,
      expected: ['i'],
    });
  }
  const ignoreCase = flags === 'i';
  const compiled = compilePattern(read.source, ignoreCase);
  if (typeof compiled === 'string') {
    throw new FindError({
      code: 'badPattern',
      message: `This regular expression cannot be used: ${compiled}`,
      from,
      to: read.to,
      expected: ['/regular expression/'],
    });
  }
  return {
    value: { type: 'pattern', source: read.source, ignoreCase },
    to: read.to,
  };
}

function numberValue(
  operand: NumberOperand,
  operator: FindOperator,
  text: string,
  { from, to }: Token,
): ReadValue {
  if (text.toLowerCase() === 'nan' && (operator === '=' || operator === '!=')) {
    return { value: { type: 'nothing' }, to };
  }
  const number = parseQuantity(text, operand.unit);
  if (number === undefined) {
    const suffixes = suffixesOf(operand.unit);
    throw new FindError({
      code: 'badNumber',
      message: `${
        operand.name
      } is compared with a number, optionally with ${suffixes.join(
        ', ',
      )}; ${text} is none`,
      from,
      to,
      expected: QUANTITY_EXAMPLES[operand.unit],
    });
  }
  return { value: { type: 'number', number }, to };
}

/** A text, or the canonical spelling of one of the operand's choices. */
function textValue(
  operand: TextOperand,
  operator: FindOperator,
  text: string,
  { from, to }: Token,
): ReadValue {
  const { choices } = operand;
  if (!choices || (operator !== '=' && operator !== '!=')) {
    return { value: { type: 'text', text }, to };
  }
  const lower = text.toLowerCase();
  const choice = Object.keys(choices).find(name =>
    choices[name].includes(lower),
  );
  if (choice === undefined) {
    const expected = Object.keys(choices);
    throw new FindError({
      code: 'badChoice',
      message: `${operand.name} is one of ${expected.join(
        ', ',
      )}; ${text} is none`,
      from,
      to,
      expected,
    });
  }
  return { value: { type: 'text', text: choice }, to };
}

/** Reads the value of a comparison at a place of the text. */
export function readValue(
  text: string,
  position: number,
  operand: TextOperand | NumberOperand,
  operator: FindOperator,
): ReadValue {
  const from = skipSpace(text, position);
  const isPattern = operator === '~=' || operator === '!~';
  if (isPattern && text[from] === '/') {
    return patternValue(text, from, { type: 'end', from, to: from });
  }
  const token = tokenAt(text, position);
  if (token.type !== 'text' && token.type !== 'word') {
    throw valueExpected(operand, operator, token);
  }
  if (isPattern) {
    return patternValue(text, from, token);
  }
  const written = token.type === 'text' ? token.text : token.word;
  return operand.kind === 'number'
    ? numberValue(operand, operator, written, token)
    : textValue(operand, operator, written, token);
}
