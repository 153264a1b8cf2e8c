import * as fc from 'fast-check';
import { anyExpression } from './__testUtils__/anyExpression';
import { describeFindLanguage } from './describeFind';
import { FindError } from './FindError';
import { MAX_FIND_LENGTH, parseFind } from './parseFind';
import { FIND_PRESETS } from './presets';
import { printFind } from './printFind';

function errorOf(text: string): FindError {
  try {
    parseFind(text);
  } catch (error) {
    if (error instanceof FindError) {
      return error;
    }
    throw error;
  }
  throw new Error(`${text} was understood`);
}

/** A text as it is written in full, or what is wrong with it. */
function canonicalOf(text: string): string | FindError {
  try {
    return printFind(parseFind(text));
  } catch (error) {
    if (error instanceof FindError) {
      return error;
    }
    throw error;
  }
}

/** What is wrong with a text; `^` marks where, `|` a place between characters. */
const MISTAKES: [string, string, string][] = [
  ['', '|', 'empty'],
  ['   ', '^^^', 'empty'],
  ['ns', '  |', 'operatorExpected'],
  ['ns and', '   ^^^', 'operatorExpected'],
  ['rt', '  |', 'operatorExpected'],
  ['ns =', '    |', 'valueExpected'],
  ['ns = )', '     ^', 'valueExpected'],
  ['rt > ', '     |', 'valueExpected'],
  ['rt > fast', '     ^^^^', 'badNumber'],
  ['rt > 5kg', '     ^^^', 'badNumber'],
  ['rt > NaN', '     ^^^', 'badNumber'],
  ['rt > 1e999', '     ^^^^^', 'badNumber'],
  ['rt ^= 5', '   ^^', 'operatorNotAllowed'],
  ['rt ~= /5/', '   ^^', 'operatorNotAllowed'],
  ['rt contains 5', '   ^^^^^^^^', 'operatorNotAllowed'],
  ['app > web', '    ^', 'operatorNotAllowed'],
  ['healthy = true', '        ^', 'operatorNotAllowed'],
  ['colour = red', '^^^^^^', 'unknownOperand'],
  ['web and colour not contains red', '        ^^^^^^', 'unknownOperand'],
  ['%errors > 5', '^^^^^^^', 'unknownOperand'],
  ['label: = x', '^^^^^^', 'unknownOperand'],
  ['node = pod', '       ^^^', 'badChoice'],
  ['protocol != udp', '            ^^^', 'badChoice'],
  ['web order', '    ^^^^^', 'conjunctionExpected'],
  ['web )', '    ^', 'conjunctionExpected'],
  ['web !', '    ^', 'conjunctionExpected'],
  ['web and', '       |', 'operandExpected'],
  ['and web', '^^^', 'operandExpected'],
  ['web or or order', '       ^^', 'operandExpected'],
  ['= web', '^', 'operandExpected'],
  ['!', ' |', 'operandExpected'],
  ['not', '   |', 'operandExpected'],
  ['()', ' ^', 'operandExpected'],
  ['""', '^^', 'operandExpected'],
  ['~web', '^', 'unknownOperand'],
  ['(web', '    |', 'unclosedParenthesis'],
  ['(web order)', '     ^^^^^', 'unclosedParenthesis'],
  ['ns = "wea', '     ^^^^', 'unclosedText'],
  ["'", '^', 'unclosedText'],
  ['name ~= /pay', '        ^^^^', 'badPattern'],
  ['name ~= /pay(/', '        ^^^^^^', 'badPattern'],
  ['name ~= /pay/g', '             ^', 'badPattern'],
  ['name ~= //', '        ^^', 'badPattern'],
  ['name ~= /(a+)+$/', '        ^^^^^^^^', 'badPattern'],
  ['name ~= /((a|b)c)*/', '        ^^^^^^^^^^^', 'badPattern'],
  ['name ~= /(a?a?)*/', '        ^^^^^^^^^', 'badPattern'],
  ['name ~= /(a|aa)+$/', '        ^^^^^^^^^^', 'badPattern'],
  ['name ~= /(a)\\1/', '        ^^^^^^^', 'badPattern'],
  ['name ~= /(?=a)b/', '        ^^^^^^^^', 'badPattern'],
  ['name ~= /a*b*c*/', '        ^^^^^^^^', 'badPattern'],
  ['name ~= /^a*b*c*d*/', '        ^^^^^^^^^^^', 'badPattern'],
  ['name ~= /^a*|b*c*/', '        ^^^^^^^^^^', 'badPattern'],
  ['vs and rt > 200', '       ^^^^^^^^', 'mixedTargets'],
  ['rt > 200 and (ns = a)', '             ^^^^^^^^', 'mixedTargets'],
  ['downwards(web)', '^^^^^^^^^', 'unknownFunction'],
  ['upstream(rt > 200)', '         ^^^^^^^^', 'badFunctionTarget'],
  ['ends(web)', '     ^^^', 'badFunctionTarget'],
  ['upstream(web, x)', '              ^', 'badHops'],
  ['upstream(web, 0)', '              ^', 'badHops'],
  ['upstream(web, 1.5)', '              ^^^', 'badHops'],
  ['upstream(web, )', '              ^', 'badHops'],
  ['upstream(web, 1, 2)', '               ^', 'argumentCount'],
  ['from(web, 1)', '        ^', 'argumentCount'],
  ['path(web)', '        ^', 'argumentCount'],
  ['upstream()', '         ^', 'operandExpected'],
  ['upstream(web', '            |', 'unclosedParenthesis'],
  ['has(web)', '    ^^^', 'unknownOperand'],
  ['has()', '    ^', 'operandExpected'],
];

describe('parseFind', () => {
  it.each(MISTAKES)('%s', (text, marks, code) => {
    const error = errorOf(text);
    const drawn =
      error.from === error.to
        ? `${' '.repeat(error.from)}|`
        : ' '.repeat(error.from) + '^'.repeat(error.to - error.from);
    expect([error.code, drawn]).toEqual([code, marks]);
    expect(error.message).toMatch(/\S/);
    expect(error.expected).not.toEqual([]);
  });

  it('says what it would have understood', () => {
    expect(errorOf('protocol = udp').expected).toEqual(['http', 'grpc', 'tcp']);
    expect(errorOf('rt').expected).toContain('>=');
    expect(errorOf('(web').expected).toContain(')');
    expect(errorOf('namespce = a').expected).toContain('namespace');
    expect(errorOf('vs and rt > 1').message).toContain('from(…)');
  });

  it('understands every preset and every example of the help', () => {
    const examples = describeFindLanguage().map(({ example }) => example);
    for (const text of [
      ...FIND_PRESETS.map(({ expression }) => expression),
      ...examples,
    ]) {
      expect(() => parseFind(text)).not.toThrow();
    }
    expect(new Set(examples).size).toBe(examples.length);
  });

  it('gives every name to one operand only', () => {
    const names = describeFindLanguage().flatMap(row => row.names);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    ['web', 'web'],
    ['NS=shop AND !VS', 'namespace = shop and not virtualservice'],
    ['rt>0.2s', 'responsetime > 200ms'],
    ['%err >= 5', '%error >= 5%'],
    ['throughput > 2MB/s', 'throughput > 2000000'],
    ['http > 1.5k', 'http > 1500'],
    ['httpout = nan', 'httpout = NaN'],
    ['name not contains rev', 'name !*= rev'],
    ['name = "a b"', 'name = "a b"'],
    ['"and"', '"and"'],
    ['"ns"', '"ns"'],
    ['"say \\"hi\\""', '"say \\"hi\\""'],
    ['name =~ "a/b"', 'name ~= /a\\/b/'],
    ['name !~ /a\\/b[/]\\\\/i', 'name !~ /a\\/b[\\/]\\\\/i'],
    ['((a or b)) and (c)', '(a or b) and c'],
    ['a or (b and c)', 'a or b and c'],
    ['(a or b) or c', '(a or b) or c'],
    ['not not a', 'not not a'],
    ['! (a or b)', 'not (a or b)'],
    ['has(cb)', 'circuitbreaker'],
    ['has(RT)', 'has(responsetime)'],
    ['neighbors( web ,2 )', 'neighbours(web, 2)'],
    ['node = wl', 'node = workload'],
    ['path (a, b)', 'path(a, b)'],
    ['label:Region = East', 'label:Region = East'],
    ['host = *.example.com', 'host = *.example.com'],
    ['is', '"is"'],
  ])('%s is, in full, %s', (text, canonical) => {
    expect(printFind(parseFind(text))).toBe(canonical);
    expect(printFind(parseFind(canonical))).toBe(canonical);
  });

  it('reads again what it writes', () => {
    fc.assert(
      fc.property(anyExpression, expression => {
        const printed = printFind(expression);
        expect(parseFind(printed)).toEqual(expression);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    '/a*b*/',
    '/^a*b+c{2,}/',
    '/[a-z]{3}-[0-9]{2}-[*+]{1}/',
    '/^(pay|order)(-v[0-9]+)?$/',
    '/(?:a|b)c/i',
    '/\\d+\\(x\\)/',
    `/${'a?'.repeat(8)}/`,
    `/${'a'.repeat(200)}/`,
  ])('compiles %s', pattern => {
    expect(() => parseFind(`name ~= ${pattern}`)).not.toThrow();
  });

  it('refuses what would take long on some name', () => {
    for (const pattern of ['a?'.repeat(9), 'a'.repeat(201), 'a(b{2}){3}']) {
      expect(errorOf(`name ~= /${pattern}/`).code).toBe('badPattern');
    }
  });

  it('takes as many hops, levels and characters as it says', () => {
    expect(errorOf('upstream(a, 1001)').code).toBe('badHops');
    expect(() => parseFind('upstream(a, 1000)')).not.toThrow();
    expect(() => parseFind(`${'!'.repeat(40)}a`)).not.toThrow();
    expect(errorOf(`${'!'.repeat(41)}a`).code).toBe('tooDeep');
    expect(() => parseFind('a'.repeat(MAX_FIND_LENGTH))).not.toThrow();
  });

  it('refuses what is too long or too deep, and says so', () => {
    expect(errorOf('a'.repeat(MAX_FIND_LENGTH + 1)).code).toBe('tooLong');
    expect(errorOf('('.repeat(3000)).code).toBe('tooDeep');
    expect(errorOf('!'.repeat(3000)).code).toBe('tooDeep');
    expect(errorOf('upstream('.repeat(400)).code).toBe('tooDeep');
    expect(errorOf('('.repeat(10_000)).code).toBe('tooLong');
    const wide = Array.from({ length: 500 }, () => 'a').join(' or ');
    expect(printFind(parseFind(wide))).toBe(wide);
  });

  it('throws nothing but FindError, with a place in the text, whatever it reads', () => {
    const pieces = fc.constantFrom(
      ...['(', ')', ',', '!', '"', "'", '/', '\\', '=', '~=', '<', '*=', ' '],
      ...['and', 'or', 'not', 'has', 'is', 'contains', 'NaN', '5', '5ms', '%'],
      ...['ns', 'rt', 'vs', 'label:', 'label:x', 'upstream(', 'path(', 'ends('],
      ...['web', '[', '+', '?', '{1,', '^', '$', '~', 'é', '\u0000', '💥'],
    );
    const anyText = fc.oneof(
      fc.string({ maxLength: 60, unit: 'binary' }),
      fc.array(pieces, { maxLength: 30 }).map(parts => parts.join('')),
      fc.array(pieces, { maxLength: 30 }).map(parts => parts.join(' ')),
      fc
        .array(pieces, { minLength: 1500, maxLength: 2500 })
        .map(parts => parts.join(' ').slice(0, 10_000)),
    );
    fc.assert(
      fc.property(anyText, text => {
        const canonical = canonicalOf(text);
        const again =
          canonical instanceof FindError ? canonical : canonicalOf(canonical);
        expect(again).toBe(canonical);
        const { from, to } =
          canonical instanceof FindError ? canonical : { from: 0, to: 0 };
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000 },
    );
  });
});
