import type { HistogramWriter, SeriesWriter } from '../storage';
import type { ColumnRing } from './columns';
import type { MetricFamily } from './families';

/** Writes the samples of one past instant, one per slot, or says that there were none. */
export type PastRow = (
  timestampMs: number,
  row: Float64Array,
  offset: number,
) => boolean;

/** Called when a writer ends its group. */
export type GroupEnded = (group: SeriesGroup) => void;

/**
 * All series that share one label set within one metric: one counter or
 * gauge, or every bucket, the sum and the count of one histogram.
 */
export class SeriesGroup {
  /** Set when the writer ended it; cleared when it is opened again. */
  ended = false;
  /** Column that recorded the staleness markers, once ended. */
  endSequence = 0;
  /** Instant of that column in milliseconds; past functions are not asked beyond it. */
  endTimestamp = Infinity;

  constructor(
    readonly id: number,
    readonly family: MetricFamily,
    readonly firstSlot: number,
    /** Handle of the label pair ids (without `__name__` and `le`), sorted by label name. */
    readonly labels: number,
    readonly labelCount: number,
    readonly hash: number,
    public past: PastRow | undefined,
  ) {}
}

/** Writes a counter or gauge. */
export class GroupSeriesWriter implements SeriesWriter {
  readonly #ring: ColumnRing;
  readonly #group: SeriesGroup;
  readonly #ended: GroupEnded;

  constructor(ring: ColumnRing, group: SeriesGroup, ended: GroupEnded) {
    this.#ring = ring;
    this.#group = group;
    this.#ended = ended;
  }

  set(value: number): void {
    if (!this.#group.ended) this.#ring.set(this.#group.firstSlot, value);
  }

  end(): void {
    this.#ended(this.#group);
  }
}

/** Writes a histogram: the buckets in order, the last one being the count, then the sum. */
export class GroupHistogramWriter implements HistogramWriter {
  readonly #ring: ColumnRing;
  readonly #group: SeriesGroup;
  readonly #ended: GroupEnded;

  constructor(ring: ColumnRing, group: SeriesGroup, ended: GroupEnded) {
    this.#ring = ring;
    this.#group = group;
    this.#ended = ended;
  }

  set(cumulativeCounts: ArrayLike<number>, sum: number): void {
    const { ended, family, firstSlot } = this.#group;
    if (ended) return;
    const buckets = family.boundTexts.length;
    if (cumulativeCounts.length !== buckets) {
      throw new Error(
        `histogram ${family.name} has ${buckets} buckets with +Inf, not ${cumulativeCounts.length}`,
      );
    }
    for (let bucket = 0; bucket < buckets; bucket++) {
      this.#ring.set(firstSlot + bucket, cumulativeCounts[bucket]);
    }
    this.#ring.set(firstSlot + buckets, sum);
  }

  end(): void {
    this.#ended(this.#group);
  }
}
