import type { LogRecord } from './LogRecord';
import { LogShelf } from './LogShelf';
import { isCollected, type LogOrigin } from './origins';
import { programLine } from './programLine';
import { idOf, indexOfDay, readId } from './source';

const record = (at: number, order: number): LogRecord => ({
  at,
  order,
  visibleAt: at,
  offset: 0,
  kind: 'program',
  origin: {} as LogOrigin,
  key: `k-${order}`,
});

describe('the shelf', () => {
  const shelf = new LogShelf();
  // They come in any order.
  [3100, 1500, 1200, 2900, 1500, 9000].forEach((at, order) =>
    shelf.add(record(at, order)),
  );
  const times = (from: number, to: number, newestFirst: boolean) =>
    [...shelf.seconds(from, to, newestFirst)].map(records =>
      records.map(({ at, order }) => `${at}#${order}`),
    );

  it('has seconds in order, and what is in them', () => {
    expect(times(-Infinity, Infinity, false)).toEqual([
      ['1200#2', '1500#1', '1500#4'],
      ['2900#3'],
      ['3100#0'],
      ['9000#5'],
    ]);
    expect(times(2000, 8000, true)).toEqual([['3100#0'], ['2900#3']]);
    expect(times(10_000, 20_000, true)).toEqual([]);
  });

  it('forgets', () => {
    shelf.forgetBefore(3);
    expect(times(-Infinity, Infinity, false)).toEqual([['3100#0'], ['9000#5']]);
    expect(shelf.size).toBe(2);
    shelf.forgetBefore(100);
    expect(shelf.span).toBeUndefined();
  });
});

describe('documents', () => {
  it('are found by their ids', () => {
    const one = record(1_795_707_936_112, 7);
    expect(readId(idOf(one))).toEqual({ second: 1_795_707_936, key: 'k-7' });
    expect(readId('nonsense').second).toBeNaN();
  });

  it('are in the index of their day', () => {
    expect(indexOfDay(Date.UTC(2026, 10, 26, 23, 59))).toBe(
      'filebeat-8.15.0-2026.11.26',
    );
  });

  it.each([
    ['{"level":"info","message":"m"}', { level: 'info', text: 'm' }],
    ['{"level":"info","msg":"m"}', { level: 'info', text: 'm' }],
    ['{"other":1}', { text: '{"other":1}' }],
    ['{broken', { text: '{broken' }],
    ['info\tads\tpush', { text: 'info\tads\tpush' }],
  ])('have of %s what can be decoded', (line, expected) => {
    expect(programLine(line)).toEqual(expected);
  });

  it.each([
    [{}, {}, true],
    [{ 'co.elastic.logs/enabled': 'false' }, {}, false],
    [{}, { 'co.elastic.logs/enabled': 'false' }, false],
    [
      { 'co.elastic.logs/enabled': 'true' },
      { 'co.elastic.logs/enabled': 'false' },
      true,
    ],
    [{ 'co.elastic.logs.app/enabled': 'false' }, {}, false],
    [{ 'co.elastic.logs.other/enabled': 'false' }, {}, true],
  ])(
    'are collected by hints %j of the pod and %j of the namespace: %s',
    (pod, namespace, expected) => {
      expect(isCollected(pod, namespace, 'app')).toBe(expected);
    },
  );
});
