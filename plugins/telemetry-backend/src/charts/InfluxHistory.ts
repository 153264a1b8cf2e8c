import type {
  ChartDefinition,
  ChartGrid,
  ChartSubject,
  StoredSeries,
} from '@orrery/backstage-plugin-telemetry-common';
import { z } from 'zod';
import type { LongRangeConfig } from '../config/readTelemetryConfig';
import { fetchJson } from '../sources/fetchJson';
import { UpstreamError } from '../sources/UpstreamError';
import { influxQuery, type InfluxQuestion } from './influxQuery';
import type { MetricHistory } from './MetricHistory';

const answerSchema = z.object({
  error: z.string().optional(),
  results: z
    .array(
      z.object({
        error: z.string().optional(),
        series: z
          .array(
            z.object({
              tags: z.record(z.string(), z.string()).optional(),
              values: z.array(z.tuple([z.number(), z.number().nullable()])),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
});

/** Which measurement answers a chart, and how. */
function questionOf(
  { id }: ChartDefinition,
  subject: ChartSubject,
): InfluxQuestion | undefined {
  const requests = {
    measurement: 'istio_requests_total',
    isCounter: true,
    by: 'destination_version',
    tags: {
      reporter: 'destination',
      destination_workload_namespace: subject.namespace,
      destination_canonical_service: subject.app,
    },
  };
  const pods = {
    by: 'pod',
    tags: { namespace: subject.namespace },
    patterns: { pod: `^(?:${subject.podPattern})$` },
  };
  switch (id) {
    case 'red.rate':
    case 'red.errors':
      return requests;
    case 'saturation.cpu':
      return {
        ...pods,
        measurement: 'container_cpu_usage_seconds_total',
        isCounter: true,
      };
    case 'saturation.memory':
      return {
        ...pods,
        measurement: 'container_memory_working_set_bytes',
        isCounter: false,
      };
    default:
      return undefined;
  }
}

/**
 * Asks InfluxDB 1.x (`/query`, InfluxQL) for what Prometheus wrote to it by
 * remote write: a measurement for each metric, its labels as tags, and the
 * field `value`. Quantiles are not among what it can answer.
 */
export class InfluxHistory implements MetricHistory {
  readonly name = 'influxdb';
  readonly retentionDays: number;
  readonly #config: LongRangeConfig;

  constructor(config: LongRangeConfig) {
    this.#config = config;
    this.retentionDays = config.retentionDays;
  }

  async read(
    definition: ChartDefinition,
    subject: ChartSubject,
    grid: ChartGrid,
  ): Promise<StoredSeries[][] | undefined> {
    const question = questionOf(definition, subject);
    if (!question) {
      return undefined;
    }
    const all = await this.#ask(influxQuery(question, grid));
    if (definition.id !== 'red.errors') {
      return [renamed(all, question.by)];
    }
    const failed = await this.#ask(
      influxQuery(
        { ...question, patterns: { response_code: '^(5..|0)$' } },
        grid,
      ),
    );
    return [renamed(shareOf(failed, all, question.by), question.by)];
  }

  explain(
    definition: ChartDefinition,
    subject: ChartSubject,
    grid: ChartGrid,
  ): string {
    const question = questionOf(definition, subject);
    return question
      ? influxQuery(question, grid)
      : definition.parts.map(({ promql }) => promql).join('\n');
  }

  async #ask(query: string): Promise<StoredSeries[]> {
    const parameters = new URLSearchParams({
      db: this.#config.database ?? '',
      q: query,
      epoch: 'ms',
    });
    const answer = answerSchema.safeParse(
      await fetchJson(this.name, this.#config, `/query?${parameters}`),
    );
    if (!answer.success) {
      throw new UpstreamError(
        `${this.name} answered something else than its API says`,
      );
    }
    const { error, results = [] } = answer.data;
    const problem = error ?? results.find(result => result.error)?.error;
    if (problem) {
      throw new UpstreamError(`${this.name} refused the query: ${problem}`);
    }
    return results.flatMap(({ series = [] }) =>
      series.map(({ tags = {}, values }) => ({
        metric: tags,
        points: values.flatMap(([timeMilliseconds, value]) =>
          value === null ? [] : [{ timeMilliseconds, value }],
        ),
      })),
    );
  }
}

/** Empty tags name nothing. */
function renamed(series: readonly StoredSeries[], by: string): StoredSeries[] {
  return series.map(line => ({
    ...line,
    metric: line.metric[by] ? { [by]: line.metric[by] } : {},
  }));
}

/** Failures as a share of all; where nothing failed, zero. */
function shareOf(
  failed: readonly StoredSeries[],
  all: readonly StoredSeries[],
  by: string,
): StoredSeries[] {
  const counts = new Map(
    failed.map(({ metric, points }) => [
      metric[by],
      new Map(
        points.map(({ timeMilliseconds, value }) => [timeMilliseconds, value]),
      ),
    ]),
  );
  return all.map(({ metric, points }) => ({
    metric,
    points: points
      .filter(({ value }) => value > 0)
      .map(({ timeMilliseconds, value }) => ({
        timeMilliseconds,
        value: (counts.get(metric[by])?.get(timeMilliseconds) ?? 0) / value,
      })),
  }));
}
