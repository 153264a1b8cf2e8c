import fc from 'fast-check';
import { checkValue } from './checkValue';
import { detectKind } from './kinds';
import { readPrefixSchema } from './checkSchema';
import { readProperties } from './properties';

describe('kinds of values', () => {
  it.each([
    ['a.json', 'nonsense', 'json'],
    ['a.yml', '', 'yaml'],
    ['application.properties', 'x', 'properties'],
    ['plain', '5s', 'text'],
    ['plain', 'a: b', 'text'],
    ['plain', 'http://a.example/x', 'text'],
    ['plain', '{"a":1}', 'json'],
    ['plain', '{not json', 'text'],
    ['plain', 'a: 1\nb:\n  c: 2\n', 'yaml'],
    ['plain', '# x\na.b=1\nc=2\n', 'properties'],
    ['plain', 'To all of you: hello,\nthis is a letter', 'text'],
  ])('%s with %j is %s', (key, text, kind) => {
    expect(detectKind(key, text)).toBe(kind);
  });
});

describe('checks of values', () => {
  it.each([
    ['a.json', '{\n  "a": 1,\n}', 3, /JSON: /],
    ['a.json', '{"a": 1', 1, /JSON: /],
    ['a.yaml', 'a: 1\na: 2\n', 2, /YAML: .*unique/i],
    ['a.yaml', 'a: [1\nb: 2\n', 2, /YAML: /],
    ['a.properties', 'a=1\nb=\\u12x\n', 2, /four hex digits/],
  ])('%s with %j is wrong in line %i', (key, text, line, message) => {
    const { problems } = checkValue(key, text);
    expect(problems[0]).toMatchObject({
      line,
      severity: 'error',
      message: expect.stringMatching(message),
    });
  });

  it('only warns where the kind is a guess, and of what still works', () => {
    const [first] = checkValue('a.properties', 'a=1\na=2\n').problems;
    expect(first).toMatchObject({ line: 2, severity: 'warning' });
    expect(checkValue('plain', '{not json').problems).toEqual([]);
  });

  it('has something to say about any text, and places inside of it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('a.json', 'a.yaml', 'a.properties', 'a'),
        fc.string({ unit: 'grapheme' }),
        (key, text) => {
          for (const { from, to, line } of checkValue(key, text).problems) {
            expect(from).toBeGreaterThanOrEqual(0);
            expect(to).toBeLessThanOrEqual(text.length);
            expect(line).toBeLessThanOrEqual(text.split('\n').length);
          }
        },
      ),
    );
  });

  it('reads properties as Java does', () => {
    expect(
      readProperties('# c\na = 1\nb:2\nc 3\nd=x\\\n  y\n! e=1\n\n').map(
        ({ name, value }) => [name, value],
      ),
    ).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
      ['d', 'xy'],
    ]);
  });
});

describe('schemas of prefixes', () => {
  const schema = readPrefixSchema(
    JSON.stringify({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      required: ['window'],
      properties: {
        window: { type: 'integer', maximum: 240 },
        'timeouts/idle': { type: 'string', pattern: '^[0-9]+s$' },
        'features.json': {
          type: 'object',
          properties: { percent: { type: 'integer', maximum: 100 } },
        },
      },
    }),
  );

  it.each([
    ['window', 'text', '30'],
    ['window', 'text', '30\n'],
    ['timeouts/idle', 'text', '60s'],
    ['features.json', 'json', '{"percent": 10}'],
    ['unknown', 'text', 'anything'],
  ] as const)('accepts %s (%s) %j', (key, kind, text) => {
    expect(schema.problem).toBeUndefined();
    expect(schema.check(key, kind, text)).toEqual([]);
  });

  it.each([
    ['window', 'text', '300', 1, 'Schema: must be <= 240'],
    ['window', 'text', 'soon', 1, 'Schema: must be integer'],
    ['timeouts/idle', 'text', '1 minute', 1, 'Schema: must match pattern'],
    [
      'features.json',
      'json',
      '{\n  "percent": 101\n}',
      2,
      'Schema: percent must be <= 100',
    ],
    [
      'features.json',
      'json',
      '{\n  "percent": "10"\n}',
      2,
      'Schema: percent must be integer',
    ],
  ] as const)('refuses %s (%s) %j', (key, kind, text, line, message) => {
    const [problem] = schema.check(key, kind, text);
    expect(problem.line).toBe(line);
    expect(problem.message).toContain(message);
  });

  it('says what is wrong with itself and checks nothing then', () => {
    for (const text of [
      '{',
      '[]',
      '{"properties":{"a":{"type":"what"}}}',
      '{"properties":{"a":{"pattern":"(a+)+$"}}}',
    ]) {
      const bad = readPrefixSchema(text);
      expect(bad.problem).toContain('_schema.json');
      expect(bad.check('a', 'text', 'aaaa')).toEqual([]);
    }
    expect(readPrefixSchema(undefined).problem).toBeUndefined();
  });

  it('closes a prefix to keys that it does not know', () => {
    const closed = readPrefixSchema('{"additionalProperties":false}');
    expect(closed.check('a', 'text', '1')[0].message).toContain('no key a');
    expect(closed.check('_schema.json', 'json', '{}')).toEqual([]);
  });
});
