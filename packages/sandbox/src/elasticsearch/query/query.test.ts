import { analyze, containsPhrase } from './analysis';
import { parseDate } from './dateMath';
import { wildcardExpression } from './pattern';
import {
  LuceneSyntaxError,
  parseQueryString,
} from './queryString/parseQueryString';

const NOW = Date.UTC(2026, 10, 26, 15, 42, 7, 250);

describe('dates', () => {
  it.each([
    ['now', '2026-11-26T15:42:07.250Z'],
    ['now-15m', '2026-11-26T15:27:07.250Z'],
    ['now/d', '2026-11-26T00:00:00.000Z'],
    ['now-1d/d', '2026-11-25T00:00:00.000Z'],
    ['now/w', '2026-11-23T00:00:00.000Z'],
    ['now-1M/M', '2026-10-01T00:00:00.000Z'],
    ['2026-11-26', '2026-11-26T00:00:00.000Z'],
    ['2026-11-26T10:00:00', '2026-11-26T10:00:00.000Z'],
    ['2026-11-26T10:00:00+08:00', '2026-11-26T02:00:00.000Z'],
    ['2026-11-26||+1h', '2026-11-26T01:00:00.000Z'],
    ['1795707936112', '2026-11-26T15:45:36.112Z'],
  ])('%s', (text, expected) => {
    const read = parseDate(text, NOW);
    expect(read).toBeDefined();
    expect(new Date(read ?? 0).toISOString()).toBe(expected);
  });

  it('round up to the end of what they name', () => {
    expect(parseDate('now/d', NOW, true)).toBe(Date.UTC(2026, 10, 27) - 1);
  });

  it.each(['soon', 'now-15', 'now-15q', '2026-13-45T00:00:00Z', ''])(
    'are not %j',
    text => {
      expect(parseDate(text, NOW)).toBeUndefined();
    },
  );
});

describe('words', () => {
  it.each([
    ['Request served', ['request', 'served']],
    ['pool exhausted (16 of 16)', ['pool', 'exhausted', '16', 'of', '16']],
    ['payment.wealth took 1.5 s', ['payment.wealth', 'took', '1.5', 's']],
    ['请求 ok', ['请', '求', 'ok']],
    ['GET /api/orders', ['get', 'api', 'orders']],
    ['', []],
  ])('%s', (text, expected) => {
    expect(analyze(text).map(({ term }) => term)).toEqual(expected);
  });

  it('follow each other in a phrase', () => {
    const text = ['a', 'b', 'c', 'a', 'd'];
    expect(containsPhrase(text, ['a', 'd'])).toBe(true);
    expect(containsPhrase(text, ['a', 'c'])).toBe(false);
    expect(containsPhrase(text, ['a', 'c'], 1)).toBe(true);
    expect(containsPhrase(text, [])).toBe(false);
  });
});

describe('patterns', () => {
  it.each([
    ['pay*', 'payment-v2', true],
    ['pay?ent', 'payment', true],
    ['pay', 'payment', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a.b', 'axb', false],
    ['*', '', true],
  ])('%s on %s', (pattern, value, expected) => {
    expect(wildcardExpression(pattern).test(value)).toBe(expected);
  });
});

describe("Lucene's syntax", () => {
  it.each(['a AND (b', 'a "b', '"', 'AND a', '[1 TO', 'a)', 'a:', '+'])(
    'does not have %s',
    text => {
      expect(() => parseQueryString(text, 'or')).toThrow(LuceneSyntaxError);
    },
  );

  it('has fields, groups and ranges', () => {
    expect(
      parseQueryString('+a:"b c"~2 -d:[1 TO *} e\\ f*', 'or'),
    ).toMatchObject({
      clauses: [
        {
          occurs: 'must',
          node: { type: 'phrase', field: 'a', text: 'b c', slop: 2 },
        },
        {
          occurs: 'not',
          node: {
            type: 'range',
            field: 'd',
            from: '1',
            to: '*',
            includesFrom: true,
            includesTo: false,
          },
        },
        { occurs: 'should', node: { type: 'word', isPattern: true } },
      ],
    });
  });
});
