import fc from 'fast-check';
import type { Expression } from './ast';
import { parseQuery } from './parse';
import { prettyExpression } from './pretty';
import { printExpression } from './print';

/** The expression with every operator in parentheses, to see how it was bound. */
function bound(expression: Expression): string {
  switch (expression.kind) {
    case 'binary':
      return `(${bound(expression.left)} ${expression.operator} ${bound(
        expression.right,
      )})`;
    case 'unary':
      return `(${expression.operator}${bound(expression.expression)})`;
    default:
      return printExpression(expression);
  }
}

describe('parseQuery', () => {
  it.each([
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['a - b - c', '((a - b) - c)'],
    ['2 ^ 3 ^ 2', '(2 ^ (3 ^ 2))'],
    ['-2 ^ 2', '(-(2 ^ 2))'],
    ['-a * b', '((-a) * b)'],
    ['a or b and c', '(a or (b and c))'],
    ['a unless b or c', '((a unless b) or c)'],
    ['a > bool 1 + 2', '(a > (1 + 2))'],
    // What the grammar alone would bind to the whole left side.
    ['a / b offset 5m', '(a / b offset 5m)'],
    ['a + b offset 5m * c', '(a + (b offset 5m * c))'],
    ['-a @ 5', '(-a @ 5.000)'],
    ['a / rate(b[5m] offset 1h)', '(a / rate(b[5m] offset 1h))'],
    ['1 -2', '(1 - 2)'],
  ])('binds %s', (query, expected) => {
    expect(bound(parseQuery(query))).toBe(expected);
  });

  it.each([
    ['', 'unknown position: parse error: no expression found in input'],
    ['sum(', '1:5: parse error: unclosed left parenthesis'],
    ['foo bar', '1:5: parse error: unexpected identifier "bar"'],
    ['a +\n  b c', '2:5: parse error: unexpected identifier "c"'],
    ['nope(a)', '1:1: parse error: unknown function with name "nope"'],
    [
      'holt_winters(a[5m], 0.5, 0.5)',
      'unknown function with name "holt_winters"',
    ],
    [
      'rate(a)',
      '1:6: parse error: expected type range vector in call to function "rate", got instant vector',
    ],
    [
      'rate(a[5m], 1)',
      '1:1: parse error: expected 1 argument(s) in call to "rate", got 2',
    ],
    ['round()', 'expected at least 1 argument(s) in call to "round", got 0'],
    ['topk(a)', 'wrong number of arguments for aggregate expression provided'],
    ['sum(a[5m])', 'expected type instant vector in aggregation expression'],
    ['1 > 2', '1:3: parse error: comparisons between scalars must use BOOL'],
    ['a + bool 1', 'bool modifier can only be used on comparison operators'],
    ['a and 1', 'set operator "and" not allowed in binary scalar expression'],
    [
      'a + b[5m:1m] @ end()',
      '1:5: parse error: binary expression must contain',
    ],
    ['a * on (x) 2', 'vector matching only allowed between instant vectors'],
    ['a[5m] offset 1m offset 1m', 'offset may not be set multiple times'],
    ['sum(a) offset 5m', 'offset modifier must be preceded by'],
    ['sum(a) @ 5', '@ modifier must be preceded by'],
    ['(a)[5m]', 'ranges only allowed for vector selectors'],
    ['a[0s]', 'duration must be greater than 0'],
    ['1[5m:1m]', 'subquery is only allowed on instant vector, got scalar'],
    ['{a=~".*"}', 'must contain at least one non-empty matcher'],
    ['a{__name__="b"}', 'metric name must not be set twice'],
    ['a{b=~"("}', '1:3: parse error: error parsing regexp: missing closing )'],
    ['"open', 'unterminated quoted string'],
    ['a[step()]', 'is not enabled'],
  ])('refuses %j', (query, message) => {
    expect(() => parseQuery(query)).toThrow(message);
  });

  it.each([
    ['a{b!="c", d=~"e"}', 'a{b!="c",d=~"e"}'],
    ['{"odd name", x="1"}', '{__name__="odd name",x="1"}'],
    ['sum (a) by (b)', 'sum by (b) (a)'],
    ['sum without () (a)', 'sum without () (a)'],
    ['topk by (a) (5, b)', 'topk by (a) (5, b)'],
    ['a*ignoring(b)group_left(c)d', 'a * ignoring (b) group_left (c) d'],
    ['a == bool on () b', 'a == bool on () b'],
    ['a[1h30m] offset -5m @ 1.5', 'a[1h30m] @ 1.500 offset -5m'],
    ['a[90s+30s]', 'a[2m]'],
    ['rate(a[5m])[1h:] @ start()', 'rate(a[5m])[1h:] @ start()'],
    ['label_join(a,\'b\',`c`, "d")', 'label_join(a, "b", "c", "d")'],
    ['5m + 0x10', '300 + 16'],
    ['a # comment', 'a'],
  ])('prints %s in one spelling', (query, expected) => {
    const printed = printExpression(parseQuery(query));
    expect(printed).toBe(expected);
    expect(printExpression(parseQuery(printed))).toBe(expected);
  });

  it('prints what it parsed, whatever is nested in whatever', () => {
    const { expression } = fc.letrec<{ expression: string }>(tie => ({
      expression: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('a', 'b{c="d"}', 'e offset 5m'),
        fc
          .tuple(
            tie('expression'),
            fc.constantFrom('+', '*', '^', 'and', '>', 'or', '- on (x)'),
            tie('expression'),
          )
          .map(parts => parts.join(' ')),
        tie('expression').map(inner => `sum by (x) (${inner})`),
        tie('expression').map(inner => `abs(-(${inner}))`),
        tie('expression').map(inner => `max_over_time((${inner})[5m:1m])`),
      ),
    }));
    fc.assert(
      fc.property(expression, query => {
        const once = printExpression(parseQuery(query));
        expect(printExpression(parseQuery(once))).toBe(once);
        const pretty = prettyExpression(parseQuery(query));
        expect(printExpression(parseQuery(pretty))).toBe(once);
      }),
    );
  });
});

describe('prettyExpression', () => {
  it('breaks what does not fit in a line', () => {
    const query =
      'sum by (source_workload, destination_workload) (rate(istio_requests_total{reporter="destination"}[5m])) > 0.5';
    expect(prettyExpression(parseQuery(query))).toBe(
      [
        '  sum by (source_workload, destination_workload) (rate(istio_requests_total{reporter="destination"}[5m]))',
        '>',
        '  0.5',
      ]
        .join('\n')
        .replace(
          '(rate(istio_requests_total{reporter="destination"}[5m]))',
          '(\n    rate(istio_requests_total{reporter="destination"}[5m])\n  )',
        ),
    );
  });
});
