import type { Clock } from '../../clock';
import type {
  HistogramWriter,
  Labels,
  MetricType,
  PastFunction,
  SampleSink,
  SeriesWriter,
} from '../storage';
import { ColumnRing } from './columns';
import { FamilyTable, type MetricFamily } from './families';
import {
  type GroupOwner,
  HistogramGroup,
  type PastRow,
  type SeriesGroup,
  ValueGroup,
} from './group';
import { GroupTable } from './group-table';
import { type HistogramPast, pastOfHistogram, pastOfValue } from './past';

/** How much storage remembers, and how finely. All in milliseconds. */
export interface StorageOptions {
  clock: Clock;
  scrapeIntervalMs: number;
  /** Span of the ring of real samples. */
  retentionMs: number;
  /** Age beyond which nothing is answered. */
  historyMs: number;
  /** Distance between the instants at which `past` functions are evaluated. */
  historyStepMs: number;
}

/** Ended groups forgotten per scrape, so that a mass ending does not stall one tick. */
const REMOVALS_PER_SCRAPE = 256;

function wrongType({ name, type }: MetricFamily): Error {
  const method = type === 'histogram' ? 'openHistogram' : 'open';
  return new Error(`metric ${name} is a ${type}: use ${method}`);
}

/**
 * Samples in memory: a ring of columns for what was scraped, and `past`
 * functions for everything older.
 */
export class MemoryStorage implements SampleSink, GroupOwner {
  readonly options: StorageOptions;
  readonly ring: ColumnRing;
  readonly families = new FamilyTable();
  readonly groups: GroupTable;
  readonly #justEnded = new Set<SeriesGroup>();
  /** Ended groups in the order of their ends: without a past, and with one. */
  readonly #expiring: SeriesGroup[] = [];
  readonly #remembered: SeriesGroup[] = [];

  constructor(options: StorageOptions) {
    this.options = options;
    this.ring = new ColumnRing(
      Math.ceil(options.retentionMs / options.scrapeIntervalMs) + 1,
    );
    this.groups = new GroupTable(this);
  }

  /** Series held, every bucket, sum and count of a histogram counted. */
  get seriesCount(): number {
    let count = 0;
    for (const family of this.families.all()) {
      const each = family.type === 'histogram' ? family.slots + 1 : 1;
      count += family.groups.length * each;
    }
    return count;
  }

  declare(
    name: string,
    type: MetricType,
    help: string,
    bounds?: readonly number[],
  ): void {
    this.families.declare(name, type, help, bounds);
  }

  open(name: string, labels: Labels, past?: PastFunction): SeriesWriter {
    const family = this.#family(name);
    if (family.type === 'histogram') throw wrongType(family);
    const group = this.#open(family, labels, past && pastOfValue(past));
    if (group instanceof ValueGroup) return group;
    throw wrongType(family);
  }

  openHistogram(
    name: string,
    labels: Labels,
    past?: HistogramPast,
  ): HistogramWriter {
    const family = this.#family(name);
    if (family.type !== 'histogram') throw wrongType(family);
    const group = this.#open(
      family,
      labels,
      past && pastOfHistogram(past, family.boundTexts.length),
    );
    if (group instanceof HistogramGroup) return group;
    throw wrongType(family);
  }

  scrape(timestampMs: number): void {
    const { ring } = this;
    if (ring.next > 0 && timestampMs <= ring.timestampOf(ring.next - 1)) {
      throw new Error(`scrape at ${timestampMs} is not after the last one`);
    }
    ring.append(timestampMs);
    for (const group of this.#justEnded) {
      group.endSequence = ring.next - 1;
      group.endTimestamp = timestampMs;
      this.#setAbsent(group);
      (group.past ? this.#remembered : this.#expiring).push(group);
    }
    this.#justEnded.clear();
    const { historyMs } = this.options;
    this.#forget(this.#expiring, group => group.endSequence < ring.oldest);
    this.#forget(
      this.#remembered,
      group =>
        group.endSequence < ring.oldest &&
        group.endTimestamp < timestampMs - historyMs,
    );
  }

  /** Called by a group's writer: marks its series stale in the next column. */
  end(group: SeriesGroup): void {
    if (group.ended) return;
    group.ended = true;
    for (let slot = 0; slot < group.family.slots; slot++) {
      // A series that was never set has nothing that could go stale.
      if (this.ring.currentOf(group.firstSlot + slot) !== undefined) {
        this.ring.setStale(group.firstSlot + slot);
      }
    }
    this.#justEnded.add(group);
  }

  #family(name: string): MetricFamily {
    const family = this.families.get(name);
    if (!family) throw new Error(`metric ${name} was not declared`);
    return family;
  }

  #open(
    family: MetricFamily,
    labels: Labels,
    past: PastRow | undefined,
  ): SeriesGroup {
    const group = this.groups.open(family, labels, past);
    if (group.ended) {
      group.ended = false;
      group.endTimestamp = Number.MAX_SAFE_INTEGER;
      if (this.#justEnded.delete(group)) this.#setAbsent(group);
    }
    return group;
  }

  #setAbsent(group: SeriesGroup): void {
    for (let slot = 0; slot < group.family.slots; slot++) {
      this.ring.setAbsent(group.firstSlot + slot);
    }
  }

  #forget(
    queue: SeriesGroup[],
    expired: (group: SeriesGroup) => boolean,
  ): void {
    let removals = 0;
    while (removals < REMOVALS_PER_SCRAPE && queue.length > 0) {
      const [group] = queue;
      // A group that was opened again may stand here twice, or no longer be ended.
      const held = group.ended && this.groups.get(group.id) === group;
      if (held && !expired(group)) return;
      queue.shift();
      if (held) this.groups.remove(group);
      removals += 1;
    }
  }
}
