import type { Labels, SampleSink, SeriesWriter } from '../storage';

/** Writes the results of evaluations as series, and ends those that had no result this time. */
export class RecordedSeries {
  readonly #sink: SampleSink;
  readonly #writers = new Map<string, SeriesWriter>();
  readonly #touched = new Set<string>();

  constructor(sink: SampleSink) {
    this.#sink = sink;
  }

  set(name: string, help: string, labels: Labels, value: number): void {
    const key = JSON.stringify([name, Object.entries(labels).sort()]);
    let writer = this.#writers.get(key);
    if (!writer) {
      this.#sink.declare(name, 'gauge', help);
      writer = this.#sink.open(name, labels);
      this.#writers.set(key, writer);
    }
    writer.set(value);
    this.#touched.add(key);
  }

  /** Ends every series that `set` was not called for since the last call. */
  finish(): void {
    for (const [key, writer] of this.#writers) {
      if (this.#touched.has(key)) continue;
      writer.end();
      this.#writers.delete(key);
    }
    this.#touched.clear();
  }
}
