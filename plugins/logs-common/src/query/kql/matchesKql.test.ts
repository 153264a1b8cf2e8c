import { matchesKql, parseKql } from '.';

const FIELDS: Record<string, string[]> = {
  'log.level': ['error'],
  'http.status': ['503'],
  'kubernetes.pod.name': ['order-v2-7d9f'],
  tags: ['slow', 'retried'],
  empty: [],
};
const LINE = {
  text: 'Call to payment.wealth failed: connection refused after 3 retries',
  fieldNames: () => Object.keys(FIELDS),
  valuesOf: (name: string) => FIELDS[name],
};

describe('matchesKql', () => {
  it.each([
    ['', true],
    ['failed', true],
    ['FAILED', true],
    ['fail', false],
    ['fail*', true],
    ['*used', true],
    ['c*n', true],
    ['refused connection', true],
    ['refused and missing', false],
    ['refused or missing', true],
    ['"connection refused"', true],
    ['"refused connection"', false],
    ['""', false],
    ['message: refused', true],
    ['message: "after 3"', true],
    ['message: *', true],
    ['log.level: error', true],
    ['log.level: Error', false],
    ['log.level: err*', true],
    ['log.level: (warn or error)', true],
    ['not log.level: error', false],
    ['log.*: error', true],
    ['*: error', true],
    ['*: nothing', false],
    ['http.status >= 500', true],
    ['http.status > 503', false],
    ['http.status < 1000', true],
    ['http.status <= 503', true],
    ['tags: retried', true],
    ['tags: (slow and retried)', true],
    ['tags: "slow retried"', false],
    ['empty: *', false],
    ['missing: *', false],
    ['not missing: *', true],
    ['missing > 3', false],
    ['kubernetes.pod.name: order-*-7*', true],
    ['kubernetes.pod.name: order-*-8*', false],
    ['kubernetes.pod.name: "order-*"', false],
  ])('%s is %s', (query, expected) => {
    expect(matchesKql(parseKql(query), LINE)).toBe(expected);
  });
});
