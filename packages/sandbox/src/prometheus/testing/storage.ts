import { ManualClock } from '../../clock';
import { MemoryQueryable } from '../memory/memory-queryable';
import { MemoryStorage } from '../memory/memory-storage';
import type { LabelMatcher } from '../storage';

/** Where the clock of a test storage begins. */
export const STORAGE_START_MS = 1_700_000_000_000;
/** Matchers for a metric name and more. */
export const named = (
  name: string,
  ...rest: LabelMatcher[]
): LabelMatcher[] => [
  { name: '__name__', operator: '=', value: name },
  ...rest,
];

/** A storage of one sample every 5 s with three metrics declared, and short ways to use it. */
export function createStorage(retentionMs = 50_000, historyMs = 600_000) {
  const clock = new ManualClock(STORAGE_START_MS);
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
