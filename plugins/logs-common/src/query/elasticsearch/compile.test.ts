import { compileKql, compileLucene } from '.';
import { LogQueryError, parseKql } from '../kql';

const TYPES: Record<string, string[]> = {
  'log.level': ['keyword'],
  status: ['long'],
  mixed: ['long', 'keyword'],
  ok: ['boolean'],
  '@timestamp': ['date'],
  kubernetes: ['object'],
  message: ['text'],
  'url.text': ['text'],
};
const CONTEXT = {
  typesOf: (name: string) => TYPES[name] ?? [],
  messageFields: ['message'],
};
const words = {
  fields: ['message'],
  lenient: true,
  type: 'cross_fields',
  operator: 'and',
};

describe('compileKql', () => {
  it.each<[string, object]>([
    ['', { match_all: {} }],
    ['timeout', { multi_match: { query: 'timeout', ...words } }],
    [
      '"read timeout"',
      {
        multi_match: {
          query: 'read timeout',
          fields: ['message'],
          lenient: true,
          type: 'phrase',
        },
      },
    ],
    ['log.level: error', { term: { 'log.level': { value: 'error' } } }],
    ['log.level: er?or*', { wildcard: { 'log.level': { value: 'er\\?or*' } } }],
    ['status: 500', { term: { status: { value: 500 } } }],
    ['status >= 500', { range: { status: { gte: 500 } } }],
    ['status < 1e3', { range: { status: { lt: 1000 } } }],
    ['ok: TRUE', { term: { ok: { value: true } } }],
    ['@timestamp > now-5m', { range: { '@timestamp': { gt: 'now-5m' } } }],
    [
      'mixed: 5',
      { match: { mixed: { query: '5', operator: 'and', lenient: true } } },
    ],
    ['mixed <= b', { range: { mixed: { lte: 'b' } } }],
    ['unknown: "a b"', { match_phrase: { unknown: { query: 'a b' } } }],
    ['log.level: *', { exists: { field: 'log.level' } }],
    ['log.*: *', { query_string: { query: '_exists_:log.*' } }],
    [
      'log.*: error',
      { multi_match: { query: 'error', ...words, fields: ['log.*'] } },
    ],
    [
      'url.text: a/b*',
      {
        query_string: {
          query: 'a\\/b*',
          fields: ['url.text'],
          analyze_wildcard: true,
          lenient: true,
        },
      },
    ],
    [
      'not ok: true',
      { bool: { must_not: [{ term: { ok: { value: true } } }] } },
    ],
    [
      'ok: true or status: 1',
      {
        bool: {
          should: [
            { term: { ok: { value: true } } },
            { term: { status: { value: 1 } } },
          ],
          minimum_should_match: 1,
        },
      },
    ],
    [
      'ok: true and status: 1',
      {
        bool: {
          filter: [
            { term: { ok: { value: true } } },
            { term: { status: { value: 1 } } },
          ],
        },
      },
    ],
  ])('%s', (query, expected) => {
    expect(compileKql(parseKql(query), CONTEXT)).toEqual(expected);
  });

  it.each([
    ['status: many', 0, 'status is a number; expected one, found many'],
    ['status: 5*', 0, 'status is a number; expected one, found 5*'],
    ['a and status > many', 15, 'status is a number; expected one after >'],
    ['ok: maybe', 0, 'ok is true or false; found maybe'],
    ['@timestamp > soon', 13, '@timestamp is a date; expected one such as'],
    ['kubernetes: x', 0, 'kubernetes is an object; name one of its fields'],
    ['kubernetes > 5', 0, 'kubernetes is an object; name one of its fields'],
  ])('refuses %s', (query, position, message) => {
    let caught: unknown;
    try {
      compileKql(parseKql(query), CONTEXT);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(LogQueryError);
    expect(caught).toMatchObject({
      position,
      message: expect.stringContaining(message),
    });
  });
});

describe('compileLucene', () => {
  it('passes a query on, within bounds', () => {
    expect(compileLucene('level:error AND time*', ['message'])).toEqual({
      query_string: {
        query: 'level:error AND time*',
        fields: ['message'],
        default_operator: 'AND',
        allow_leading_wildcard: false,
        analyze_wildcard: true,
        lenient: true,
        max_determinized_states: 5000,
      },
    });
    expect(compileLucene(' * ', ['message'])).toEqual({ match_all: {} });
    expect(compileLucene('level:* AND "*x" AND a\\*', ['m'])).toBeDefined();
  });

  it.each([
    ['*out', 0],
    ['level:*rror', 6],
    ['a AND ?x', 6],
    ['/ab+/', 0],
    ['path:/x/', 5],
    ['a "b', 2],
  ])('refuses %s', (text, position) => {
    expect(() => compileLucene(text, ['message'])).toThrow(LogQueryError);
    expect(() => compileLucene(text, ['message'])).toThrow(
      expect.objectContaining({ position }),
    );
  });
});
