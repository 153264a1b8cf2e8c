/** What is wrong with an expression, for those who word it in other languages. @public */
export type FindErrorCode =
  | 'argumentCount'
  | 'badChoice'
  | 'badFunctionTarget'
  | 'badHops'
  | 'badNumber'
  | 'badPattern'
  | 'conjunctionExpected'
  | 'empty'
  | 'mixedTargets'
  | 'operandExpected'
  | 'operatorExpected'
  | 'operatorNotAllowed'
  | 'tooDeep'
  | 'tooLong'
  | 'unclosedParenthesis'
  | 'unclosedText'
  | 'unknownFunction'
  | 'unknownOperand'
  | 'valueExpected';

/**
 * An expression that cannot be understood, and where: characters `from`
 * (inclusive) to `to` (exclusive) of the text, both at its end where
 * something is missing there. `expected` lists what would have been
 * understood in that place.
 *
 * @public
 */
export class FindError extends Error {
  readonly code: FindErrorCode;
  readonly from: number;
  readonly to: number;
  readonly expected: readonly string[];

  constructor(problem: {
    code: FindErrorCode;
    message: string;
    from: number;
    to: number;
    expected?: readonly string[];
  }) {
    super(problem.message);
    this.name = 'FindError';
    this.code = problem.code;
    this.from = problem.from;
    this.to = problem.to;
    this.expected = problem.expected ?? [];
  }
}
