import fc from 'fast-check';
import { ManualClock } from '../../clock';
import type { SeriesWriter } from '../storage';
import { MemoryQueryable } from './memory-queryable';
import { MemoryStorage } from './memory-storage';

type Operation =
  | { kind: 'set'; series: number; value: number }
  | { kind: 'end'; series: number }
  | { kind: 'scrape' };

const INTERVAL = 1000;
const COLUMNS = 6;

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('set' as const),
      series: fc.nat(3),
      value: fc.oneof(fc.integer(), fc.constant(NaN), fc.constant(Infinity)),
    }),
  },
  fc.record({ kind: fc.constant('end' as const), series: fc.nat(3) }),
  { weight: 4, arbitrary: fc.constant({ kind: 'scrape' as const }) },
);

/** The plainest storage there can be: a list of samples per series. */
class Model {
  readonly #current = new Map<number, number>();
  readonly #samples = new Map<number, [number, number][]>();
  #scrapes = 0;

  set(series: number, value: number): void {
    this.#current.set(series, value);
  }

  end(series: number): void {
    this.#current.delete(series);
  }

  scrape(): void {
    for (const [series, value] of this.#current) {
      const list = this.#samples.get(series) ?? [];
      list.push([this.#scrapes, value]);
      this.#samples.set(series, list);
    }
    this.#scrapes += 1;
  }

  /** What is younger than the ring is long. */
  held(): Record<string, [number, number][]> {
    const held: Record<string, [number, number][]> = {};
    for (const [series, list] of this.#samples) {
      const young = list.filter(([at]) => at >= this.#scrapes - COLUMNS);
      if (young.length > 0) held[series] = young;
    }
    return held;
  }
}

describe('MemoryStorage against a plain model', () => {
  it('holds the same samples after any course of events', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 120 }), operations => {
        const clock = new ManualClock(INTERVAL);
        const storage = new MemoryStorage({
          clock,
          scrapeIntervalMs: INTERVAL,
          retentionMs: (COLUMNS - 1) * INTERVAL,
          historyMs: 1000 * INTERVAL,
          historyStepMs: INTERVAL,
        });
        storage.declare('m', 'gauge', '');
        const model = new Model();
        const writers = new Map<number, SeriesWriter>();
        for (const one of operations) {
          if (one.kind === 'scrape') {
            storage.scrape(clock.now());
            clock.advance(INTERVAL);
            model.scrape();
          } else if (one.kind === 'set') {
            const writer =
              writers.get(one.series) ??
              storage.open('m', { series: String(one.series) });
            writers.set(one.series, writer);
            writer.set(one.value);
            model.set(one.series, one.value);
          } else {
            writers.get(one.series)?.end();
            writers.delete(one.series);
            model.end(one.series);
          }
        }
        const found = new MemoryQueryable(storage).select(
          [{ name: '__name__', operator: '=', value: 'm' }],
          0,
          clock.now(),
        );
        const held = Object.fromEntries(
          found.map(({ labels, timestamps, values }) => [
            labels.series,
            Array.from(timestamps, (time, index) => [
              time / INTERVAL - 1,
              values[index],
            ]),
          ]),
        );
        expect(held).toEqual(model.held());
      }),
      { numRuns: 300 },
    );
  });
});
