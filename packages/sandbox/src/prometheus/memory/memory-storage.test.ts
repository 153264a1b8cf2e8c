import {
  STORAGE_START_MS as START,
  createStorage as create,
  named,
} from '../testing/storage';
import type { LabelMatcher } from '../storage';
import type { MemoryStorage } from './memory-storage';

describe('MemoryStorage', () => {
  it('records what was set last before each scrape', () => {
    const { storage, scrape, queryable } = create();
    const writer = storage.open('requests_total', { b: '2', a: '1' });
    scrape();
    writer.set(1);
    writer.set(2);
    scrape();
    scrape();
    writer.set(NaN);
    scrape();
    expect(queryable.select(named('requests_total'), 0, START * 2)).toEqual([
      {
        labels: { __name__: 'requests_total', a: '1', b: '2' },
        timestamps: Float64Array.of(
          START + 5000,
          START + 10_000,
          START + 15_000,
        ),
        values: Float64Array.of(2, 2, NaN),
      },
    ]);
  });

  it('keeps samples of the retention and no older ones', () => {
    const { storage, scrape, values } = create(20_000);
    const writer = storage.open('requests_total', {});
    for (let index = 0; index < 12; index++) {
      writer.set(index);
      scrape();
    }
    expect(values('requests_total')).toEqual([[7, 8, 9, 10, 11]]);
  });

  it('gives a histogram all its series over one label set', () => {
    const { storage, scrape, queryable } = create();
    storage.openHistogram('latency', { app: 'x' }).set([3, 5, 6], 9.5);
    scrape();
    const series = queryable.select(
      [{ name: 'app', operator: '=', value: 'x' }],
      0,
      START * 2,
    );
    expect(
      series.map(one => [one.labels.__name__, one.labels.le, one.values[0]]),
    ).toEqual([
      ['latency_bucket', '1', 3],
      ['latency_bucket', '2.5', 5],
      ['latency_bucket', '+Inf', 6],
      ['latency_sum', undefined, 9.5],
      ['latency_count', undefined, 6],
    ]);
    expect(storage.seriesCount).toBe(5);
  });

  it('selects one bucket by its bound', () => {
    const { storage, scrape, queryable } = create();
    storage.openHistogram('latency', {}).set([3, 5, 6], 9.5);
    scrape();
    const le: LabelMatcher = {
      name: 'le',
      operator: '=~',
      value: '2.5|[+]Inf',
    };
    const found = queryable.series(named('latency_bucket', le), 0, START * 2);
    expect(found.map(one => one.le)).toEqual(['2.5', '+Inf']);
  });

  it('does not mix up metrics that share a label', () => {
    const { storage, scrape, values } = create();
    storage.open('requests_total', { app: 'x' }).set(1);
    storage.open('memory_bytes', { app: 'x' }).set(2);
    scrape();
    expect(values('requests_total')).toEqual([[1]]);
    expect(values('memory_bytes')).toEqual([[2]]);
  });

  it('continues an ended series that is opened again', () => {
    const { storage, scrape, values } = create();
    const first = storage.open('requests_total', { a: '1' });
    first.set(1);
    scrape();
    first.end();
    first.set(99);
    scrape();
    scrape();
    storage.open('requests_total', { a: '1' }).set(2);
    scrape();
    expect(values('requests_total')).toEqual([[1, 2]]);
    expect(storage.groups.size).toBe(1);
  });

  it('forgets an ended series once its samples have aged out, and uses its place again', () => {
    const { storage, scrape, values } = create(20_000);
    const writer = storage.open('requests_total', { a: '1' });
    writer.set(1);
    scrape();
    writer.end();
    for (let index = 0; index < 8; index++) scrape();
    expect(storage.groups.size).toBe(0);
    const { bytes } = storage.ring;
    storage.open('requests_total', { a: '2' }).set(5);
    expect(storage.ring.bytes).toBe(bytes);
    scrape();
    expect(values('requests_total')).toEqual([[5]]);
    writer.end();
    expect(values('requests_total')).toEqual([[5]]);
  });

  it('holds thousands of series apart', () => {
    const { storage, scrape, queryable } = create(10_000);
    for (let index = 0; index < 10_000; index++) {
      storage.open('requests_total', { i: String(index) }).set(index);
    }
    scrape();
    for (const index of [0, 4095, 4096, 9999]) {
      const i: LabelMatcher = {
        name: 'i',
        operator: '=',
        value: String(index),
      };
      const [found] = queryable.select(
        named('requests_total', i),
        0,
        START * 2,
      );
      expect(found.values[0]).toBe(index);
    }
  });

  it.each<[string, (storage: MemoryStorage) => unknown, string]>([
    ['an unknown metric', s => s.open('nothing', {}), 'was not declared'],
    ['a histogram as a value', s => s.open('latency', {}), 'use openHistogram'],
    [
      'a value as a histogram',
      s => s.openHistogram('memory_bytes', {}),
      'use open',
    ],
    [
      'a second shape of a metric',
      s => s.declare('memory_bytes', 'counter', ''),
      'is declared as gauge',
    ],
    [
      'a name another metric has',
      s => s.declare('latency_sum', 'gauge', ''),
      'belongs to two metrics',
    ],
    [
      'a wrong number of buckets',
      s => s.openHistogram('latency', {}).set([1], 1),
      'has 3 buckets with +Inf, not 1',
    ],
    [
      'a name as a label',
      s => s.open('memory_bytes', { __name__: 'x' }),
      'is set by storage',
    ],
    [
      'a scrape in the past',
      s => {
        s.scrape(10);
        s.scrape(10);
      },
      'is not after the last one',
    ],
  ])('refuses %s', (_, act, message) => {
    expect(() => act(create().storage)).toThrow(message);
  });
});
