import type { HistogramWriter, SeriesWriter } from '../storage';
import type { ColumnRing } from './columns';
import type { MetricFamily } from './families';

/** Writes the samples of one past instant, one per slot, or says that there were none. */
export type PastRow = (
  timestampMs: number,
  row: Float64Array,
  offset: number,
) => boolean;

/** What holds groups: where their values go, and who is told of an end. */
export interface GroupOwner {
  readonly ring: ColumnRing;
  end(group: SeriesGroup): void;
}

/** Where a group stands in storage. */
export interface GroupPlace {
  id: number;
  family: MetricFamily;
  firstSlot: number;
  /** Handle of the label pair ids (without `__name__` and `le`), sorted by label name. */
  labels: number;
  labelCount: number;
  hash: number;
}

/**
 * All series that share one label set within one metric: one counter or
 * gauge, or every bucket, the sum and the count of one histogram. It is its
 * own writer, because there are as many of them as series.
 */
export class SeriesGroup {
  readonly id: number;
  readonly family: MetricFamily;
  readonly firstSlot: number;
  readonly labels: number;
  readonly labelCount: number;
  readonly hash: number;
  past: PastRow | undefined;
  /** Set when the writer ended it; cleared when it is opened again. */
  ended = false;
  /** Column that recorded the staleness markers, once ended. */
  endSequence = 0;
  /** Instant of that column in milliseconds; past functions are not asked beyond it. */
  endTimestamp = Number.MAX_SAFE_INTEGER;
  protected readonly owner: GroupOwner;

  constructor(owner: GroupOwner, place: GroupPlace, past: PastRow | undefined) {
    this.owner = owner;
    this.id = place.id;
    this.family = place.family;
    this.firstSlot = place.firstSlot;
    this.labels = place.labels;
    this.labelCount = place.labelCount;
    this.hash = place.hash;
    this.past = past;
  }

  end(): void {
    this.owner.end(this);
  }
}

/** A counter or gauge. */
export class ValueGroup extends SeriesGroup implements SeriesWriter {
  set(value: number): void {
    if (!this.ended) this.owner.ring.set(this.firstSlot, value);
  }
}

/** A histogram: the buckets in order, the last one being the count, then the sum. */
export class HistogramGroup extends SeriesGroup implements HistogramWriter {
  set(cumulativeCounts: ArrayLike<number>, sum: number): void {
    if (this.ended) return;
    const { name, boundTexts } = this.family;
    const buckets = boundTexts.length;
    if (cumulativeCounts.length !== buckets) {
      throw new Error(
        `histogram ${name} has ${buckets} buckets with +Inf, not ${cumulativeCounts.length}`,
      );
    }
    const { ring } = this.owner;
    for (let bucket = 0; bucket < buckets; bucket++) {
      ring.set(this.firstSlot + bucket, cumulativeCounts[bucket]);
    }
    ring.set(this.firstSlot + buckets, sum);
  }
}
