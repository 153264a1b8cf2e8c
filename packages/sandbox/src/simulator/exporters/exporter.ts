/** A component that exposes metrics of its own, read at every scrape. */
export interface Exporter {
  /** Hands present values to the sink, pausing now and then. */
  publish(nowMilliseconds: number): Generator<void>;
}
