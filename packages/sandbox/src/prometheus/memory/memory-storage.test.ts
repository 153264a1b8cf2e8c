import { ManualClock } from '../../clock';
import type { LabelMatcher } from '../storage';
import { MemoryQueryable } from './memory-queryable';
import { MemoryStorage } from './memory-storage';

const START = 1_700_000_000_000;
const named = (name: string, ...rest: LabelMatcher[]): LabelMatcher[] => [
  { name: '__name__', operator: '=', value: name },
  ...rest,
];

function create(retentionMs = 50_000, historyMs = 600_000) {
  const clock = new ManualClock(START);
  const storage = new MemoryStorage({
    clock,
    scrapeIntervalMs: 5000,
    retentionMs,
    historyMs,
    historyStepMs: 10_000,
  });
  storage.declare('requests_total', 'counter', 'Requests');
  storage.declare('memory_bytes', 'gauge', 'Memory');
  storage.declare('latency', 'histogram', 'Latency', [1, 2.5]);
  const queryable = new MemoryQueryable(storage);
  const scrape = () => {
    storage.scrape(clock.now());
    clock.advance(5000);
  };
  const values = (name: string, from = -Infinity, to = Infinity) =>
    queryable
      .select(
        named(name),
        Math.max(0, from),
        Math.min(Number.MAX_SAFE_INTEGER, to),
      )
      .map(one => [...Array.from(one.values)]);
  return { clock, storage, queryable, scrape, values };
}

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

describe('the past', () => {
  const counter = (timestampMs: number) => (timestampMs - START) / 1000 + 1000;

  it('is asked for at the instants of the history grid, up to the first scrape', () => {
    const { storage, scrape, queryable } = create();
    const writer = storage.open('requests_total', {}, counter);
    writer.set(1000);
    scrape();
    const [found] = queryable.select(
      named('requests_total'),
      START - 25_000,
      START,
    );
    expect(Array.from(found.timestamps)).toEqual([
      START - 20_000,
      START - 10_000,
      START,
    ]);
    expect(Array.from(found.values)).toEqual([980, 990, 1000]);
  });

  it('ends where the history does', () => {
    const { storage, scrape, queryable, clock } = create(50_000, 60_000);
    storage.open('requests_total', {}, counter).set(1000);
    scrape();
    const [found] = queryable.select(named('requests_total'), 0, clock.now());
    expect(found.timestamps[0]).toBe(START - 50_000);
    expect(
      queryable.select(named('requests_total'), 0, START - 60_000),
    ).toEqual([]);
  });

  it('has holes where the function has no answer', () => {
    const { storage, scrape, queryable } = create();
    storage
      .open('memory_bytes', {}, time => (time < START - 15_000 ? undefined : 7))
      .set(7);
    scrape();
    const [found] = queryable.select(
      named('memory_bytes'),
      START - 100_000,
      START,
    );
    expect(Array.from(found.timestamps)).toEqual([START - 10_000, START]);
  });

  it('meets a counter of the ring without a jump', () => {
    const { storage, scrape, values } = create();
    const writer = storage.open('requests_total', {}, counter);
    writer.set(5000);
    scrape();
    expect(values('requests_total', START - 20_000)).toEqual([
      [4980, 4990, 5000],
    ]);
  });

  it('leaves a gauge as it was', () => {
    const { storage, scrape, values } = create();
    storage.open('memory_bytes', {}, () => 7).set(9);
    scrape();
    expect(values('memory_bytes', START - 20_000)).toEqual([[7, 7, 9]]);
  });

  it('gives a histogram all its series', () => {
    const { storage, scrape, values } = create();
    storage
      .openHistogram('latency', {}, () => ({ counts: [1, 2, 3], sum: 4 }))
      .set([1, 2, 3], 4);
    scrape();
    expect(values('latency_bucket', START - 10_000)).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(values('latency_sum', START - 10_000)).toEqual([[4, 4]]);
    expect(values('latency_count', START - 10_000)).toEqual([[3, 3]]);
  });

  it('of an ended series is remembered as long as the history', () => {
    const { storage, scrape, values } = create(20_000, 120_000);
    const writer = storage.open('memory_bytes', {}, () => 7);
    writer.set(8);
    scrape();
    writer.end();
    for (let index = 0; index < 10; index++) scrape();
    // The ring has moved on; past its end the function is not asked.
    expect(values('memory_bytes', START - 10_000)).toEqual([[7, 7]]);
    for (let index = 0; index < 30; index++) scrape();
    expect(storage.groups.size).toBe(0);
  });

  it('answers before anything was scraped', () => {
    const { storage, values } = create();
    storage.open('memory_bytes', {}, () => 7);
    expect(values('memory_bytes', START - 10_000)).toEqual([[7, 7]]);
  });
});
