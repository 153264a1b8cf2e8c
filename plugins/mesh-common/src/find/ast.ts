/** How an operand is compared with a value. `!^=`, `!$=`, `!*=` and `!~` are the negations of the operator after the mark. @public */
export type FindOperator =
  | '='
  | '!='
  | '^='
  | '!^='
  | '$='
  | '!$='
  | '*='
  | '!*='
  | '~='
  | '!~'
  | '<'
  | '<='
  | '>'
  | '>=';

/**
 * What an operand is compared with. A number is in the operand's own unit
 * (milliseconds, bytes per second, requests per second, per cent or a count);
 * `nothing` is Kiali's `NaN`: no activity at all.
 *
 * @public
 */
export type FindValue =
  | { type: 'text'; text: string }
  | { type: 'number'; number: number }
  | { type: 'nothing' }
  | { type: 'pattern'; source: string; ignoreCase: boolean };

/** An operand by its canonical name; `key` only for `label`. @public */
export type FindOperandName = { name: string; key?: string };

/** Functions over what their arguments find. @public */
export type FindFunction =
  | 'upstream'
  | 'downstream'
  | 'neighbours'
  | 'path'
  | 'shortest'
  | 'from'
  | 'to'
  | 'touching'
  | 'between'
  | 'ends';

/**
 * An expression of the find language. `and` and `or` have two operands at
 * least; parentheses leave no trace but the nesting.
 *
 * @public
 */
export type FindExpression =
  | { type: 'and' | 'or'; operands: FindExpression[] }
  | { type: 'not'; operand: FindExpression }
  /** Nodes whose name, namespace or app contains the text, in any case. */
  | { type: 'word'; text: string }
  /** A unary operand such as `healthy`, or `label:region`. */
  | { type: 'flag'; operand: FindOperandName }
  /** Whether anything is known of an operand. */
  | { type: 'has'; operand: FindOperandName }
  | {
      type: 'compare';
      operand: FindOperandName;
      operator: FindOperator;
      value: FindValue;
    }
  | {
      type: 'call';
      function: FindFunction;
      arguments: FindExpression[];
      /** The farthest that is looked, in edges; absent means as far as it goes, or 1 for `neighbours`. */
      hops?: number;
    };
