import type { FindOperator, FindValue } from './ast';
import { compilePattern } from './patterns';

type TextTest = (text: string) => boolean;

function textTest(operator: FindOperator, value: FindValue): TextTest {
  if (value.type === 'pattern') {
    const pattern = compilePattern(value.source, value.ignoreCase);
    return text => typeof pattern !== 'string' && pattern.test(text);
  }
  const wanted = value.type === 'text' ? value.text : '';
  switch (operator) {
    case '^=':
    case '!^=':
      return text => text.startsWith(wanted);
    case '$=':
    case '!$=':
      return text => text.endsWith(wanted);
    case '*=':
    case '!*=':
      return text => text.includes(wanted);
    default:
      return text => text === wanted;
  }
}

/**
 * Compares texts, of which one must fit, or none for a negated operator.
 * Case matters, as in Kiali. Where there is none at all, nothing fits.
 */
export function compareTexts(
  operator: FindOperator,
  value: FindValue,
): (texts: readonly string[]) => boolean {
  const test = textTest(operator, value);
  return operator.startsWith('!')
    ? texts => texts.length > 0 && !texts.some(test)
    : texts => texts.some(test);
}

/**
 * Compares a number. What is not known is neither more nor less nor equal
 * nor unequal; it, and zero, is Kiali's `NaN`: no activity.
 */
export function compareNumber(
  operator: FindOperator,
  value: FindValue,
): (number: number | undefined) => boolean {
  if (value.type === 'nothing') {
    const isNothing = (number: number | undefined) => !number;
    return operator === '=' ? isNothing : number => !isNothing(number);
  }
  const wanted = value.type === 'number' ? value.number : NaN;
  const tests: Partial<Record<FindOperator, (number: number) => boolean>> = {
    '=': number => number === wanted,
    '!=': number => number !== wanted,
    '<': number => number < wanted,
    '<=': number => number <= wanted,
    '>': number => number > wanted,
    '>=': number => number >= wanted,
  };
  const test = tests[operator] ?? (() => false);
  return number =>
    number !== undefined && !Number.isNaN(number) && test(number);
}
