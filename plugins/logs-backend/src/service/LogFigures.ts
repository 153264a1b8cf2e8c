import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  LOGS_LIMITS,
  readLevel,
  type LogHistogramResponse,
  type LogLevel,
  type LogQuery,
} from '@orrery/backstage-plugin-logs-common';
import { resolveTimeRange } from '@orrery/backstage-plugin-orrery-common';
import { bucketsSchema } from '../sources/answers';
import { compileQuery } from './compileQuery';
import { intervalFor } from './intervals';
import { provenanceOf } from './provenanceOf';
import type { ScopedStore } from './ScopedStore';
import type { ScopedStores } from './ScopedStores';

type Bucket = LogHistogramResponse['buckets'][number];

/** Most words of levels that are told apart. */
const MOST_LEVEL_WORDS = 60;

/** How many lines there are over time. */
export class LogFigures {
  readonly #stores: ScopedStores;
  readonly #now: () => number;

  constructor(stores: ScopedStores, now: () => number = Date.now) {
    this.#stores = stores;
    this.#now = now;
  }

  /** @param isCompared - whether the period before is told too */
  async histogram(
    query: LogQuery,
    options: { buckets: number; isCompared: boolean },
    credentials: BackstageCredentials,
  ): Promise<LogHistogramResponse> {
    const { fromMilliseconds, toMilliseconds } = resolveTimeRange(
      query,
      this.#now(),
    );
    const length = toMilliseconds - fromMilliseconds;
    const interval = intervalFor(
      length,
      Math.min(options.buckets, LOGS_LIMITS.buckets - 1),
    );
    const scoped = await this.#stores.open(query, credentials);
    const count = (from: number, to: number) =>
      this.#count(scoped, query, { from, to, interval });
    const [current, previous] = await Promise.all([
      count(fromMilliseconds, toMilliseconds),
      options.isCompared
        ? count(fromMilliseconds - length, fromMilliseconds - 1)
        : undefined,
    ]);
    return {
      intervalMilliseconds: interval,
      fromMilliseconds,
      toMilliseconds,
      buckets: current.buckets,
      ...(previous && { previous: previous.buckets }),
      provenance: provenanceOf(query.cluster, current.answer),
    };
  }

  async #count(
    scoped: ScopedStore,
    query: LogQuery,
    range: { from: number; to: number; interval: number },
  ) {
    const { facts, atField } = scoped;
    const { level } = facts.map;
    const canTell =
      level !== undefined && facts.fields.get(level)?.isAggregatable === true;
    const answer = await scoped.ask({
      fromMilliseconds: range.from,
      toMilliseconds: range.to,
      filters: compileQuery(query, facts),
      query: query.query,
      size: 0,
      aggregations: {
        times: {
          date_histogram: {
            field: atField,
            fixed_interval: `${range.interval}ms`,
            min_doc_count: 0,
            extended_bounds: { min: range.from, max: range.to },
          },
          ...(canTell && {
            aggs: {
              levels: { terms: { field: level, size: MOST_LEVEL_WORDS } },
            },
          }),
        },
      },
    });
    const { buckets } = bucketsSchema.parse(
      answer.aggregations?.times ?? { buckets: [] },
    );
    return {
      answer,
      buckets: buckets.map(
        (bucket): Bucket => ({
          atMilliseconds: Number(bucket.key),
          total: bucket.doc_count,
          levels: levelsOf(bucket.doc_count, bucket.levels),
        }),
      ),
    };
  }
}

/** Words of levels counted together; what names none is `unknown`. */
function levelsOf(
  total: number,
  told: unknown,
): Partial<Record<LogLevel, number>> {
  const levels: Partial<Record<LogLevel, number>> = {};
  let known = 0;
  const words = bucketsSchema.safeParse(told);
  for (const { key, doc_count: count } of words.data?.buckets ?? []) {
    const level = readLevel(String(key));
    if (level !== 'unknown') {
      levels[level] = (levels[level] ?? 0) + count;
      known += count;
    }
  }
  if (total > known) {
    levels.unknown = total - known;
  }
  return levels;
}
