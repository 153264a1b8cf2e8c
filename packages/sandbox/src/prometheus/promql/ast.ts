import type { LabelMatcher } from '../storage';

/** Offsets of a node in the query text. */
export interface Position {
  from: number;
  to: number;
}

/** What an expression evaluates to, in Prometheus's words for error messages. */
export type ValueType = 'scalar' | 'string' | 'instant vector' | 'range vector';

/** `offset` and `@`, shared by selectors and subqueries. */
export interface TimeShift {
  offsetMs: number;
  /** `@` in milliseconds, or the query's first or last instant. */
  at?: number | 'start' | 'end';
}

export interface NumberLiteral {
  kind: 'number';
  value: number;
  position: Position;
}

export interface StringLiteral {
  kind: 'string';
  value: string;
  position: Position;
}

export interface VectorSelector {
  kind: 'vectorSelector';
  /** The metric name where it was written in front of the braces. */
  name?: string;
  /** All matchers, the one for the name included. */
  matchers: LabelMatcher[];
  shift: TimeShift;
  position: Position;
}

export interface MatrixSelector {
  kind: 'matrixSelector';
  vector: VectorSelector;
  rangeMs: number;
  position: Position;
}

export interface Subquery {
  kind: 'subquery';
  expression: Expression;
  rangeMs: number;
  /** Undefined where the default evaluation interval applies. */
  stepMs?: number;
  shift: TimeShift;
  position: Position;
}

export interface UnaryExpression {
  kind: 'unary';
  operator: '+' | '-';
  expression: Expression;
  position: Position;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^' | 'atan2';
export type ComparisonOperator = '==' | '!=' | '>' | '<' | '>=' | '<=';
export type SetOperator = 'and' | 'or' | 'unless';
export type BinaryOperator =
  | ArithmeticOperator
  | ComparisonOperator
  | SetOperator;

/** How the series of two vectors find each other. */
export interface VectorMatching {
  cardinality: 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many';
  /** True for `on(...)`: only these labels count; otherwise these are ignored. */
  on: boolean;
  labels: string[];
  /** Labels taken over from the "one" side. */
  include: string[];
}

export interface BinaryExpression {
  kind: 'binary';
  operator: BinaryOperator;
  left: Expression;
  right: Expression;
  returnBool: boolean;
  matching: VectorMatching;
  /** Whether the query wrote on(...) or ignoring(...). */
  matchingWritten: boolean;
  operatorPosition: Position;
  position: Position;
}

export type AggregationOperator =
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'count'
  | 'group'
  | 'stddev'
  | 'stdvar'
  | 'topk'
  | 'bottomk'
  | 'quantile'
  | 'count_values'
  | 'limitk'
  | 'limit_ratio';

export interface AggregateExpression {
  kind: 'aggregate';
  operator: AggregationOperator;
  expression: Expression;
  parameter?: Expression;
  without: boolean;
  grouping: string[];
  position: Position;
}

export interface Call {
  kind: 'call';
  name: string;
  arguments: Expression[];
  position: Position;
}

export interface ParenthesizedExpression {
  kind: 'parentheses';
  expression: Expression;
  position: Position;
}

export type Expression =
  | NumberLiteral
  | StringLiteral
  | VectorSelector
  | MatrixSelector
  | Subquery
  | UnaryExpression
  | BinaryExpression
  | AggregateExpression
  | Call
  | ParenthesizedExpression;
