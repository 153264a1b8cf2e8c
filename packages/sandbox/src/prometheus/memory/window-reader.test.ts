import { SampleBuffer } from './sample-buffer';
import { Selection } from './selection';
import { WindowReader } from './window-reader';
import {
  STORAGE_START_MS as START,
  createStorage as create,
  named,
} from '../testing/storage';

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

describe('the past of a series that began within a window', () => {
  it('has its first sample, though only the edges are asked for', () => {
    const { storage, scrape } = create();
    const began = START - 60_000;
    storage
      .open('requests_total', {}, time =>
        time < began ? undefined : (time - began) / 1000 + 1,
      )
      .set(61);
    scrape();
    const selection = new Selection(
      storage.groups,
      storage.families,
      named('requests_total'),
    );
    const [{ candidates }] = selection.names;
    const [id] = candidates;
    const group = storage.groups.get(id);
    if (!group) throw new Error('there is no series');
    const read = (plan: number[]) => {
      const buffer = new SampleBuffer();
      new WindowReader(
        storage,
        START - 100_000,
        START,
        Float64Array.from(plan),
      ).read(group, 0, buffer);
      return Array.from(buffer.times.slice(0, buffer.length));
    };
    expect(read([START - 100_000, START])).toEqual([began, START]);
    // A plan that ends before the first scrape.
    expect(read([START - 100_000, START - 20_000])).toEqual([
      began,
      START - 20_000,
      START,
    ]);
    // What was there all the time has no birth.
    expect(read([START - 30_000, START])).toEqual([START - 30_000, START]);
  });
});
