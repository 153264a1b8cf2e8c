import type { PrometheusClient } from '@orrery/backstage-plugin-orrery-node';
import type {
  ChartDefinition,
  ChartGrid,
  ChartSubject,
  StoredSeries,
} from '@orrery/backstage-plugin-telemetry-common';
import { LRUCache } from 'lru-cache';
import type { MetricHistory } from './MetricHistory';

/** An answer serves everyone who asks the same within so long; the grid makes questions the same. */
const SHARED_MILLISECONDS = 15_000;
const KEPT_ANSWERS = 400;

/** Asks what speaks Prometheus's HTTP API. */
export class PrometheusHistory implements MetricHistory {
  readonly name: string;
  readonly retentionDays: number;
  readonly #client: PrometheusClient;
  readonly #answers = new LRUCache<string, Promise<StoredSeries[]>>({
    max: KEPT_ANSWERS,
    ttl: SHARED_MILLISECONDS,
  });

  constructor(options: {
    name: string;
    retentionDays: number;
    client: PrometheusClient;
  }) {
    this.name = options.name;
    this.retentionDays = options.retentionDays;
    this.#client = options.client;
  }

  read(
    { parts }: ChartDefinition,
    _subject: ChartSubject,
    grid: ChartGrid,
  ): Promise<StoredSeries[][]> {
    return Promise.all(parts.map(({ promql }) => this.range(promql, grid)));
  }

  explain({ parts }: ChartDefinition): string {
    return parts.map(({ promql }) => promql).join('\n');
  }

  /** One query over a range, shared by all who ask it at about the same time. */
  range(promql: string, grid: ChartGrid): Promise<StoredSeries[]> {
    const key = JSON.stringify([promql, grid]);
    const present = this.#answers.get(key);
    if (present) {
      return present;
    }
    const answer = this.#client.queryRange(promql, grid);
    this.#answers.set(key, answer);
    // A failure must not be what everyone gets for the next seconds.
    answer.catch(() => this.#answers.delete(key));
    return answer;
  }
}
