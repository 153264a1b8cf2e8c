import type { QueryContext } from '../query/clause';
import type { LogRecord } from '../records/LogRecord';

/** Something that is counted over the records that match. */
export interface Aggregator {
  add(record: LogRecord): void;
  result(): Record<string, unknown>;
}

/** Starts an aggregation anew; one for each bucket. */
export type Factory = () => Aggregator;

/** What an aggregation of one kind is made of. */
export interface AggregationParts {
  context: QueryContext;
  /** Its own parameters. */
  spec: Readonly<Record<string, unknown>>;
  /** Aggregations within its buckets. */
  inner: Inner;
  /** Bounds of the query's time, where it has any. */
  from: number;
  to: number;
}

/** Starts the aggregations within one bucket. */
export type Inner = (() => Aggregator) | undefined;

/** One bucket: how many, and what is counted within. */
export class Bucket {
  count = 0;
  readonly #inner: Aggregator | undefined;

  constructor(inner: Inner) {
    this.#inner = inner?.();
  }

  add(record: LogRecord): void {
    this.count++;
    this.#inner?.add(record);
  }

  result(): Record<string, unknown> {
    return { doc_count: this.count, ...this.#inner?.result() };
  }
}
