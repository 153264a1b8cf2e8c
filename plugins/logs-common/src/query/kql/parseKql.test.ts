import {
  fieldName,
  LogQueryError,
  parseKql,
  type KqlLiteral,
  type KqlNode,
} from '.';

function showValue({ isPhrase, parts }: KqlLiteral): string {
  return isPhrase ? JSON.stringify(parts[0]) : parts.join('*');
}

/** A tree as one line, so that a table can be read. */
function show(node: KqlNode): string {
  switch (node.type) {
    case 'all':
      return 'all';
    case 'and':
    case 'or':
      return `(${node.type} ${node.children.map(show).join(' ')})`;
    case 'not':
      return `(not ${show(node.child)})`;
    case 'exists':
      return `(exists ${fieldName(node.field)})`;
    case 'range':
      return `(${node.operator} ${fieldName(node.field)} ${node.value})`;
    default:
      return node.field
        ? `(is ${fieldName(node.field)} ${showValue(node.value)})`
        : `(text ${showValue(node.value)})`;
  }
}

describe('parseKql', () => {
  it.each([
    ['', 'all'],
    ['   ', 'all'],
    ['\n\t', 'all'],
    ['*', 'all'],
    ['**', 'all'],
    ['error', '(text error)'],
    ['ERROR', '(text ERROR)'],
    ['connection refused', '(text connection refused)'],
    ['  connection   refused  ', '(text connection refused)'],
    ['"connection refused"', '(text "connection refused")'],
    ['""', '(text "")'],
    ['"a \\"quoted\\" word"', '(text "a \\"quoted\\" word")'],
    ['"back\\\\slash"', '(text "back\\\\slash")'],
    ['"line\\nbreak"', '(text "line\\nbreak")'],
    ['"tab\\tstop"', '(text "tab\\tstop")'],
    ['"and"', '(text "and")'],
    ['error*', '(text error*)'],
    ['*error', '(text *error)'],
    ['*err*or*', '(text *err*or*)'],
    ['conn* refused', '(text conn* refused)'],
    ['e\\*ror', '(text e*ror)'],
    ['\\*', '(text *)'],
    ['\\:', '(text :)'],
    ['a\\:b', '(text a:b)'],
    ['a\\ b', '(text a b)'],
    ['C:\\\\temp', '(is C \\temp)'],
    ["it's", "(text it's)"],
    ['50%', '(text 50%)'],
    ['a-b', '(text a-b)'],
    ['a/b', '(text a/b)'],
    ['/api/v1', '(text /api/v1)'],
    ['user@example.com', '(text user@example.com)'],
    ['10.0.0.1', '(text 10.0.0.1)'],
    ['#1', '(text #1)'],
    ['=', '(text =)'],
    ['!', '(text !)'],
    ['a=b', '(text a=b)'],
    ['a,b', '(text a,b)'],
    ['$x', '(text $x)'],
    ['[x]', '(text [x])'],
    ['中文', '(text 中文)'],
    ['错误 超时', '(text 错误 超时)'],
    ['🙂', '(text 🙂)'],
    ['café', '(text café)'],
    ['level: error', '(is level error)'],
    ['level:error', '(is level error)'],
    ['level : error', '(is level error)'],
    ['level:"error"', '(is level "error")'],
    ['level: ERROR', '(is level ERROR)'],
    ['level:  "a b"', '(is level "a b")'],
    ['level: connection refused', '(is level connection refused)'],
    ['level: *', '(exists level)'],
    ['level: **', '(exists level)'],
    ['level: err*', '(is level err*)'],
    ['level: *err', '(is level *err)'],
    ['level: "err*"', '(is level "err*")'],
    ['log.level: warn', '(is log.level warn)'],
    ['kubernetes.pod.name: order-*', '(is kubernetes.pod.name order-*)'],
    ['kubernetes.*: order', '(is kubernetes.* order)'],
    ['*: order', '(is * order)'],
    ['*: *', '(exists *)'],
    ['*name: x', '(is *name x)'],
    ['k*s.p*d: x', '(is k*s.p*d x)'],
    ['"my field": x', '(is my field x)'],
    ['my\\ field: x', '(is my field x)'],
    ['a\\:b: c', '(is a:b c)'],
    ['status: 500', '(is status 500)'],
    ['status: -1', '(is status -1)'],
    ['status: 5*', '(is status 5*)'],
    ['ok: true', '(is ok true)'],
    ['at: 2026-11-26', '(is at 2026-11-26)'],
    ['url: "http://x/y?z=1"', '(is url "http://x/y?z=1")'],
    ['url: http\\://x', '(is url http://x)'],
    ['message: timeout', '(is message timeout)'],
    ['message: "read timeout"', '(is message "read timeout")'],
    ['@timestamp: "2026"', '(is @timestamp "2026")'],
    ['trace.id: 0123456789abcdef', '(is trace.id 0123456789abcdef)'],
    ['_id: x', '(is _id x)'],
    ['f: \\"', '(is f ")'],
    ['f: \\(x\\)', '(is f (x))'],
    ['f: "(x)"', '(is f "(x)")'],
    ['f: a\\*b', '(is f a*b)'],
    ['f: \\and', '(is f and)'],
    ['f: "or"', '(is f "or")'],
    ['f:\nvalue', '(is f value)'],
    ['status > 499', '(> status 499)'],
    ['status>=500', '(>= status 500)'],
    ['status < 400', '(< status 400)'],
    ['status<=399', '(<= status 399)'],
    ['duration >= 1.5', '(>= duration 1.5)'],
    ['at >= "2026-11-26T10:00:00Z"', '(>= at 2026-11-26T10:00:00Z)'],
    ['at < now-1h', '(< at now-1h)'],
    ['status > -5', '(> status -5)'],
    ['"my field" > 3', '(> my field 3)'],
    ['a >= 1 and a < 2', '(and (>= a 1) (< a 2))'],
    ['status >= "500"', '(>= status 500)'],
    ['a and b', '(and (text a) (text b))'],
    ['a or b', '(or (text a) (text b))'],
    ['a AND b', '(and (text a) (text b))'],
    ['a Or b', '(or (text a) (text b))'],
    ['a and b and c', '(and (text a) (text b) (text c))'],
    ['a or b or c', '(or (text a) (text b) (text c))'],
    ['a and b or c', '(or (and (text a) (text b)) (text c))'],
    ['a or b and c', '(or (text a) (and (text b) (text c)))'],
    ['a and (b or c)', '(and (text a) (or (text b) (text c)))'],
    ['(a)', '(text a)'],
    ['((a))', '(text a)'],
    ['(((a and b)))', '(and (text a) (text b))'],
    ['(a) and (b)', '(and (text a) (text b))'],
    ['a and(b)', '(and (text a) (text b))'],
    ['(a)and(b)', '(and (text a) (text b))'],
    ['a and "b c"', '(and (text a) (text "b c"))'],
    ['a and not b', '(and (text a) (not (text b)))'],
    ['not a', '(not (text a))'],
    ['NOT a', '(not (text a))'],
    ['not not a', '(text a)'],
    ['not not not a', '(not (text a))'],
    ['not (a or b)', '(not (or (text a) (text b)))'],
    ['not (a and not b)', '(not (and (text a) (not (text b))))'],
    ['not a and b', '(and (not (text a)) (text b))'],
    ['not a or not b', '(or (not (text a)) (not (text b)))'],
    ['a or not b and c', '(or (text a) (and (not (text b)) (text c)))'],
    [
      '(a or b) and (c or d)',
      '(and (or (text a) (text b)) (or (text c) (text d)))',
    ],
    [
      '(a and b) or (c and d)',
      '(or (and (text a) (text b)) (and (text c) (text d)))',
    ],
    [
      'a and b or c and d',
      '(or (and (text a) (text b)) (and (text c) (text d)))',
    ],
    [
      'level: error and message: timeout',
      '(and (is level error) (is message timeout))',
    ],
    ['level: error or level: warn', '(or (is level error) (is level warn))'],
    ['level: (error or warn)', '(or (is level error) (is level warn))'],
    [
      'level: (error and not warn)',
      '(and (is level error) (not (is level warn)))',
    ],
    ['level: (error)', '(is level error)'],
    ['level: (not debug)', '(not (is level debug))'],
    ['level: ("a b" or c*)', '(or (is level "a b") (is level c*))'],
    [
      'level: (a or (b and c))',
      '(or (is level a) (and (is level b) (is level c)))',
    ],
    [
      'level: (connection refused or timeout)',
      '(or (is level connection refused) (is level timeout))',
    ],
    ['level: (*)', '(exists level)'],
    ['level: (a or *)', '(or (is level a) (exists level))'],
    ['not level: error', '(not (is level error))'],
    ['not level: (a or b)', '(not (or (is level a) (is level b)))'],
    ['not level: *', '(not (exists level))'],
    [
      'a and level: error and "x y"',
      '(and (text a) (is level error) (text "x y"))',
    ],
    [
      'status >= 500 and not path: "/healthz"',
      '(and (>= status 500) (not (is path "/healthz")))',
    ],
    [
      'status >= 500 or duration > 1000 and level: error',
      '(or (>= status 500) (and (> duration 1000) (is level error)))',
    ],
    [
      'error and service.name: payment',
      '(and (text error) (is service.name payment))',
    ],
    ['android', '(text android)'],
    ['orange', '(text orange)'],
    ['nothing', '(text nothing)'],
    ['oracle and notary', '(and (text oracle) (text notary))'],
    ['a andy b', '(text a andy b)'],
    ['order', '(text order)'],
    ['not-found', '(text not-found)'],
    ['and-1', '(text and-1)'],
    ['x:and-1', '(is x and-1)'],
    ['a\\ and b', '(text a and b)'],
    ['foo bar and baz qux', '(and (text foo bar) (text baz qux))'],
    ['level: a b and c', '(and (is level a b) (text c))'],
    [
      'namespace: wealth and app: (order or quote) and not level: (info or debug)',
      '(and (is namespace wealth) (or (is app order) (is app quote)) (not (or (is level info) (is level debug))))',
    ],
    ['"a" and "b" or "c"', '(or (and (text "a") (text "b")) (text "c"))'],
    ['a and * ', '(and (text a) all)'],
    ['* and a', '(and all (text a))'],
    ['*:* and a', '(and (exists *) (text a))'],
    ['x: "*"', '(is x "*")'],
    ['x: a* and y: *b', '(and (is x a*) (is y *b))'],
    ['( a )', '(text a)'],
    ['  not  ( a )  ', '(not (text a))'],
    ['a\nand\nb', '(and (text a) (text b))'],
    ["x:'y'", "(is x 'y')"],
    ['x: y', '(is x y)'],
  ])('reads %j', (text, expected) => {
    expect(show(parseKql(text))).toBe(expected);
  });

  it.each<[string, number, number, string]>([
    ['level: not debug', 7, 3, 'Expected a value, found not'],
    [
      'band or',
      7,
      1,
      'Expected a word, a field or a parenthesis, found the end of the query',
    ],
    [
      '(',
      1,
      1,
      'Expected a word, a field or a parenthesis, found the end of the query',
    ],
    ['(a', 0, 1, 'This parenthesis is not closed'],
    [')', 0, 1, 'Expected a word, a field or a parenthesis, found )'],
    ['a)', 1, 1, 'Expected and, or, or the end of the query, found )'],
    ['()', 1, 1, 'Expected a word, a field or a parenthesis, found )'],
    [
      'a and',
      5,
      1,
      'Expected a word, a field or a parenthesis, found the end of the query',
    ],
    [
      'a or',
      4,
      1,
      'Expected a word, a field or a parenthesis, found the end of the query',
    ],
    ['and', 0, 3, 'Expected a word, a field or a parenthesis, found and'],
    ['or', 0, 2, 'Expected a word, a field or a parenthesis, found or'],
    ['and a', 0, 3, 'Expected a word, a field or a parenthesis, found and'],
    ['or a', 0, 2, 'Expected a word, a field or a parenthesis, found or'],
    [
      'not',
      3,
      1,
      'Expected a word, a field or a parenthesis, found the end of the query',
    ],
    ['a and or b', 6, 2, 'Expected a word, a field or a parenthesis, found or'],
    [
      'a and and b',
      6,
      3,
      'Expected a word, a field or a parenthesis, found and',
    ],
    ['a or or b', 5, 2, 'Expected a word, a field or a parenthesis, found or'],
    ['not and', 4, 3, 'Expected a word, a field or a parenthesis, found and'],
    [
      'a not b',
      2,
      3,
      'Expected and, or, or the end of the query, found not; write "and not" to leave something out',
    ],
    ['a: ', 3, 1, 'Expected a value, found the end of the query'],
    ['a:', 2, 1, 'Expected a value, found the end of the query'],
    ['a: and b', 3, 3, 'Expected a value, found and'],
    ['a: or', 3, 2, 'Expected a value, found or'],
    ['a : : b', 4, 1, 'Expected a value, found :'],
    [':', 0, 1, 'Expected a word, a field or a parenthesis, found :'],
    ['a:b:c', 3, 1, 'Expected and, or, or the end of the query, found :'],
    [': a', 0, 1, 'Expected a word, a field or a parenthesis, found :'],
    ['"abc', 0, 4, 'This quotation mark has no second one'],
    ['a "b', 2, 1, 'Expected and, or, or the end of the query, found "'],
    ['a: "b', 3, 2, 'This quotation mark has no second one'],
    ['a "b"', 2, 1, 'Expected and, or, or the end of the query, found "'],
    ['"a" "b"', 4, 1, 'Expected and, or, or the end of the query, found "'],
    ['\\', 0, 1, 'A backslash needs a character after it'],
    ['a: \\', 3, 1, 'A backslash needs a character after it'],
    ['a >', 3, 1, 'Expected a value after >, found the end of the query'],
    ['a > >', 4, 1, 'Expected a value after >, found >'],
    ['a >= ', 5, 1, 'Expected a value after >=, found the end of the query'],
    ['> 5', 0, 1, 'Expected a word, a field or a parenthesis, found >'],
    ['>= 5', 0, 1, 'Expected a word, a field or a parenthesis, found >'],
    ['a* > 5', 0, 2, '> needs one field: a name without *'],
    ['a > 5*', 4, 2, '> needs a value without *'],
    ['a > *', 4, 1, '> needs a value without *'],
    [
      'foo bar: x',
      3,
      1,
      'Expected and or or between these words: a name of a field has no spaces',
    ],
    [
      'foo bar > 1',
      3,
      1,
      'Expected and or or between these words: a name of a field has no spaces',
    ],
    ['a: (', 4, 1, 'Expected a value, found the end of the query'],
    ['a: (b', 3, 1, 'This parenthesis is not closed'],
    ['a: ()', 4, 1, 'Expected a value, found )'],
    ['a: (b or)', 8, 1, 'Expected a value, found )'],
    [
      'a: (b c: d)',
      7,
      1,
      'Expected and, or, or a closing parenthesis, found :',
    ],
    [
      'a: {b: c}',
      3,
      1,
      'Nested fields in braces are not supported; write the whole name, such as a.b: value',
    ],
    ['{a}', 0, 1, 'Expected a word, a field or a parenthesis, found {'],
    ['a: }', 3, 1, 'Expected a value, found }'],
    ['a: (b) c', 7, 1, 'Expected and, or, or the end of the query, found c'],
    ['(a) b', 4, 1, 'Expected and, or, or the end of the query, found b'],
    ['((a)', 0, 1, 'This parenthesis is not closed'],
    ['a: b c: d', 6, 1, 'Expected and, or, or the end of the query, found :'],
    ['a < b < c', 6, 1, 'Expected and, or, or the end of the query, found <'],
    ['f: < 5', 3, 1, 'Expected a value, found <'],
    ['f: (> 5)', 4, 1, 'Expected a value, found >'],
    ['"": x', 0, 2, 'Expected the name of a field'],
    ['a: (b and)', 9, 1, 'Expected a value, found )'],
    ['not: x', 3, 1, 'Expected a word, a field or a parenthesis, found :'],
    ['and: x', 0, 3, 'Expected a word, a field or a parenthesis, found and'],
    [
      'a or not',
      8,
      1,
      'Expected a word, a field or a parenthesis, found the end of the query',
    ],
    ['a <', 3, 1, 'Expected a value after <, found the end of the query'],
    ['a: "x" "y"', 7, 1, 'Expected and, or, or the end of the query, found "'],
  ])('refuses %j at %d', (text, position, length, message) => {
    let caught: unknown;
    try {
      parseKql(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(LogQueryError);
    expect(caught).toMatchObject({ position, length, message });
  });

  it('refuses what is nested or long beyond measure', () => {
    expect(() => parseKql('('.repeat(5000))).toThrow('parentheses');
    expect(() => parseKql(Array(500).fill('a').join(' or '))).toThrow(
      'More than 400 fields and values',
    );
    expect(show(parseKql(`${'('.repeat(40)}a${')'.repeat(40)}`))).toBe(
      '(text a)',
    );
    expect(() => parseKql(`${'('.repeat(41)}a${')'.repeat(41)}`)).toThrow(
      'More than 40 parentheses',
    );
  });
});
