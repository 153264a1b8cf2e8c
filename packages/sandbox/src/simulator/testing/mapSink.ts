import type {
  HistogramWriter,
  Labels,
  PastFunction,
  SampleSink,
  SeriesWriter,
} from '../../prometheus/storage';

/** A series as the simulator last left it. */
export interface WrittenSeries {
  name: string;
  labels: Labels;
  value: number;
  ended: boolean;
  past?: PastFunction;
}

/** A histogram as the simulator last left it. */
export interface WrittenHistogram {
  name: string;
  labels: Labels;
  counts: number[];
  sum: number;
  past?: (
    timestampMs: number,
  ) => { counts: ArrayLike<number>; sum: number } | undefined;
}

/** Keeps what is written, for tests to look at. */
export class MapSink implements SampleSink {
  readonly declared = new Map<string, string>();
  readonly series: WrittenSeries[] = [];
  readonly histograms: WrittenHistogram[] = [];

  declare(name: string, type: string): void {
    this.declared.set(name, type);
  }

  open(name: string, labels: Labels, past?: PastFunction): SeriesWriter {
    const written: WrittenSeries = {
      name,
      labels,
      value: NaN,
      ended: false,
      past,
    };
    this.series.push(written);
    return {
      set: value => {
        written.value = value;
      },
      end: () => {
        written.ended = true;
      },
    };
  }

  openHistogram(
    name: string,
    labels: Labels,
    past?: WrittenHistogram['past'],
  ): HistogramWriter {
    const written: WrittenHistogram = {
      name,
      labels,
      counts: [],
      sum: 0,
      past,
    };
    this.histograms.push(written);
    return {
      set: (counts, sum) => {
        written.counts = Array.from(counts);
        written.sum = sum;
      },
      end: () => undefined,
    };
  }

  scrape(): void {}

  /** Open series of a metric that carry these labels. */
  find(name: string, labels: Labels = {}): WrittenSeries[] {
    return this.series.filter(
      written =>
        written.name === name &&
        !written.ended &&
        Object.entries(labels).every(
          ([label, value]) => written.labels[label] === value,
        ),
    );
  }

  /** Sum of the values of those series. */
  total(name: string, labels: Labels = {}): number {
    return this.find(name, labels).reduce((sum, { value }) => sum + value, 0);
  }
}
