import type { FindOperator } from './ast';
import { FindError } from './FindError';
import { NUMBER_OPERATORS, TEXT_OPERATORS } from './operators';
import type { Operand } from './operands';
import { QUANTITY_EXAMPLES } from './quantities';

/** What would have been understood where an expression ends. */
export type Expectation =
  | { type: 'operand' }
  | { type: 'known' }
  | { type: 'operator'; operand: Operand }
  | { type: 'value'; operand: Operand; operator: FindOperator }
  | { type: 'conjunction' }
  | { type: 'hops' };

/** A FindError with what completion has to offer instead. */
export class UnmetExpectation extends FindError {
  readonly expectation: Expectation;

  constructor(
    expectation: Expectation,
    problem: ConstructorParameters<typeof FindError>[0],
  ) {
    super(problem);
    this.expectation = expectation;
  }
}

type Range = { from: number; to: number };

/** The operators that an operand takes. */
export function operatorsFor(operand: Operand): readonly FindOperator[] {
  switch (operand.kind) {
    case 'text':
      return TEXT_OPERATORS;
    case 'number':
      return NUMBER_OPERATORS;
    default:
      return [];
  }
}

export function operandExpected({ from, to }: Range): UnmetExpectation {
  return new UnmetExpectation(
    { type: 'operand' },
    {
      code: 'operandExpected',
      message:
        'Expected a name, an operand such as ns or rt, a function such as upstream(…), not, or (',
      from,
      to,
      expected: ['name', 'operand', 'function', 'not', '('],
    },
  );
}

export function operatorExpected(
  operand: Operand,
  { from, to }: Range,
): UnmetExpectation {
  const expected = operatorsFor(operand);
  return new UnmetExpectation(
    { type: 'operator', operand },
    {
      code: 'operatorExpected',
      message: `Expected an operator after ${
        operand.name
      }: one of ${expected.join(' ')}`,
      from,
      to,
      expected,
    },
  );
}

/** What the value of a comparison may be, in words. */
function valuesOf(operand: Operand, operator: FindOperator): string[] {
  if (operator === '~=' || operator === '!~') {
    return ['/regular expression/'];
  }
  if (operand.kind === 'number') {
    const hasNothing = operator === '=' || operator === '!=';
    return [...QUANTITY_EXAMPLES[operand.unit], ...(hasNothing ? ['NaN'] : [])];
  }
  const choices = operand.kind === 'text' && operand.choices;
  return choices ? Object.keys(choices) : ['text', '"text"'];
}

export function valueExpected(
  operand: Operand,
  operator: FindOperator,
  { from, to }: Range,
): UnmetExpectation {
  const expected = valuesOf(operand, operator);
  return new UnmetExpectation(
    { type: 'value', operand, operator },
    {
      code: 'valueExpected',
      message: `Expected a value after ${
        operand.name
      } ${operator}: ${expected.join(', ')}`,
      from,
      to,
      expected,
    },
  );
}

export function conjunctionExpected(
  { from, to }: Range,
  also: readonly string[],
): UnmetExpectation {
  const expected = ['and', 'or', ...also];
  return new UnmetExpectation(
    { type: 'conjunction' },
    {
      code: also.includes(')') ? 'unclosedParenthesis' : 'conjunctionExpected',
      message: `Expected ${expected.join(', ')} here`,
      from,
      to,
      expected,
    },
  );
}
