import type {
  ChartDefinition,
  ChartGrid,
  ChartSubject,
  StoredSeries,
} from '@orrery/backstage-plugin-telemetry-common';

/** What holds metrics for some time: Prometheus, what speaks its API, or InfluxDB. */
export interface MetricHistory {
  readonly name: string;
  /** How far back it reaches. */
  readonly retentionDays: number;
  /**
   * The lines of each part of a chart.
   *
   * @returns undefined when this store cannot answer such a chart
   * @throws with a reason in words
   */
  read(
    definition: ChartDefinition,
    subject: ChartSubject,
    grid: ChartGrid,
  ): Promise<StoredSeries[][] | undefined>;
  /** What was asked, for people to read. */
  explain(
    definition: ChartDefinition,
    subject: ChartSubject,
    grid: ChartGrid,
  ): string;
}
