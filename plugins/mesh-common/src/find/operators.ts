import type { FindOperator } from './ast';

/** How each operator may be written, the longest first: the first that fits is taken. */
const SPELLINGS: readonly (readonly [string, FindOperator])[] = [
  ['!^=', '!^='],
  ['!$=', '!$='],
  ['!*=', '!*='],
  ['!~=', '!~'],
  ['!=~', '!~'],
  ['!=', '!='],
  ['!~', '!~'],
  ['^=', '^='],
  ['$=', '$='],
  ['*=', '*='],
  ['~=', '~='],
  ['=~', '~='],
  ['<=', '<='],
  ['>=', '>='],
  ['<', '<'],
  ['>', '>'],
  ['=', '='],
];

/** The words that Kiali has for operators on text. */
export const OPERATOR_WORDS: ReadonlyMap<string, FindOperator> = new Map([
  ['contains', '*='],
  ['startswith', '^='],
  ['endswith', '$='],
]);

/** Operators that text takes. */
export const TEXT_OPERATORS: readonly FindOperator[] = [
  '=',
  '!=',
  '*=',
  '!*=',
  '^=',
  '!^=',
  '$=',
  '!$=',
  '~=',
  '!~',
];

/** Operators that numbers take. */
export const NUMBER_OPERATORS: readonly FindOperator[] = [
  '>',
  '>=',
  '<',
  '<=',
  '=',
  '!=',
];

/** The operator that starts at a place of a text, and how long it is. */
export function operatorAt(
  text: string,
  position: number,
): { operator: FindOperator; length: number } | undefined {
  const found = SPELLINGS.find(([spelling]) =>
    text.startsWith(spelling, position),
  );
  return found && { operator: found[1], length: found[0].length };
}

/** The operator that finds the opposite, where there is one. */
export function negationOf(operator: FindOperator): FindOperator | undefined {
  const negations: Partial<Record<FindOperator, FindOperator>> = {
    '=': '!=',
    '^=': '!^=',
    '$=': '!$=',
    '*=': '!*=',
    '~=': '!~',
  };
  return negations[operator];
}
