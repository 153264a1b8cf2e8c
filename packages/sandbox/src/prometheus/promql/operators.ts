import type {
  AggregationOperator,
  BinaryOperator,
  ComparisonOperator,
  SetOperator,
} from './ast';

const COMPARISONS: readonly string[] = ['==', '!=', '>', '<', '>=', '<='];
const SET_OPERATORS: readonly string[] = ['and', 'or', 'unless'];
const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '>': 3,
  '<': 3,
  '>=': 3,
  '<=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  atan2: 5,
  '^': 6,
};

/** Unary minus binds as multiplication does: `-2 ^ 2` is -4. */
export const UNARY_PRECEDENCE = 5;

const AGGREGATIONS: readonly AggregationOperator[] = [
  'sum',
  'avg',
  'min',
  'max',
  'count',
  'group',
  'stddev',
  'stdvar',
  'topk',
  'bottomk',
  'quantile',
  'count_values',
  'limitk',
  'limit_ratio',
];

export function isComparison(
  operator: BinaryOperator,
): operator is ComparisonOperator {
  return COMPARISONS.includes(operator);
}

export function isSetOperator(
  operator: BinaryOperator,
): operator is SetOperator {
  return SET_OPERATORS.includes(operator);
}

/** How tightly an operator binds, higher first; undefined for other text. */
export function binaryOperator(
  text: string,
): { operator: BinaryOperator; precedence: number } | undefined {
  const lower = text.toLowerCase();
  for (const [operator, precedence] of Object.entries(PRECEDENCE)) {
    if (operator === lower) {
      return { operator: operator as BinaryOperator, precedence };
    }
  }
  return undefined;
}

export function aggregationOperator(
  text: string,
): AggregationOperator | undefined {
  const lower = text.toLowerCase();
  return AGGREGATIONS.find(one => one === lower);
}
