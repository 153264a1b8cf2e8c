/** Label name to value, `__name__` included when it comes out of a query. */
export type Labels = Readonly<Record<string, string>>;

/** How one label must look for a series to be selected (Prometheus matcher). */
export interface LabelMatcher {
  name: string;
  operator: '=' | '!=' | '=~' | '!~';
  value: string;
}

/** Samples of one series within a time span, oldest first, both arrays equally long. */
export interface SeriesSamples {
  labels: Labels;
  /** Milliseconds since the Unix epoch. */
  timestamps: ArrayLike<number>;
  values: ArrayLike<number>;
}

/** What the query engine reads. */
export interface Queryable {
  /** All series that match, with their samples in [fromMs, toMs]. Series without samples there are left out. */
  select(
    matchers: readonly LabelMatcher[],
    fromMs: number,
    toMs: number,
  ): SeriesSamples[];
  /** Label sets of the series that match and have a sample in the span. */
  series(
    matchers: readonly LabelMatcher[],
    fromMs: number,
    toMs: number,
  ): Labels[];
}

/** Prometheus metric types, as exposed in `# TYPE` lines. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary';

/**
 * Computes a sample (a counter's value or a gauge's) of a time that storage
 * holds no samples of: before the process started, and what has since fallen
 * out of the ring. A closed form instead of stored samples, evaluated on
 * every reading, so it must be cheap. A counter's need only be right up to a
 * constant: it is shifted to meet the oldest stored sample, and must not fall.
 * Returns undefined where the series did not exist. It is not asked beyond
 * the end of its series.
 */
export type PastFunction = (timestampMs: number) => number | undefined;

/** The writer's end of one stored series. */
export interface SeriesWriter {
  /** Value that the next scrape will record. NaN is a legal value. */
  set(value: number): void;
  /** Ends the series: no further samples; the old ones age out. */
  end(): void;
}

/** The writer's end of one histogram: shares one label set over its buckets, sum and count. */
export interface HistogramWriter {
  /** Cumulative counts by bucket in the order of the declared bounds (the last is +Inf, the count), and the sum. */
  set(cumulativeCounts: ArrayLike<number>, sum: number): void;
  end(): void;
}

/** What the simulator writes to. */
export interface SampleSink {
  declare(
    name: string,
    type: MetricType,
    help: string,
    /** Upper bounds without +Inf; only for histograms. */
    bounds?: readonly number[],
  ): void;
  /** Opens a counter or gauge series. Opening an ended one again continues it. */
  open(name: string, labels: Labels, past?: PastFunction): SeriesWriter;
  /** Opens a histogram (`<name>_bucket{le}`, `_sum`, `_count`). `past` gives the cumulative counts and the sum. */
  openHistogram(
    name: string,
    labels: Labels,
    past?: (
      timestampMs: number,
    ) => { counts: ArrayLike<number>; sum: number } | undefined,
  ): HistogramWriter;
  /** Records the current value of every open series at one instant. */
  scrape(timestampMs: number): void;
}
