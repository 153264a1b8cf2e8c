import {
  LogQueryError,
  LOGS_LIMITS,
  readDocument,
  HIGHLIGHT_TAGS,
  type ElasticQuery,
  type LogLine,
} from '@orrery/backstage-plugin-logs-common';
import type { Hit, SearchAnswer } from '../sources/answers';
import type { LogStore, StoreFacts } from '../sources/LogStore';
import { LogStoreError } from '../sources/LogStoreError';
import { filterOfReach, isInReach, type LogReach } from './LogReach';

/** A question to a store; its conditions are in `filters` and nowhere else. */
export type ScopedQuestion = {
  filters: readonly ElasticQuery[];
  fromMilliseconds: number;
  toMilliseconds: number;
  size: number;
  order?: 'asc' | 'desc';
  searchAfter?: readonly unknown[];
  aggregations?: Readonly<Record<string, object>>;
  /** Counts all that match, not ten thousand at most. */
  isCounted?: boolean;
  /** Whether to mark what the query matched. */
  isHighlighted?: boolean;
  pit?: string;
  /** The person's query, to be blamed for what the store cannot read. */
  query?: string;
};

/** An answer of which every line may be read. */
export type ScopedAnswer = Omit<SearchAnswer, 'hits'> & {
  total: SearchAnswer['hits']['total'];
  lines: LogLine[];
  hits: Hit[];
};

/**
 * A store as far as one caller may read it. Whatever is asked here has the
 * condition of the caller's reach beside its own, and lines that come all the
 * same are dropped. Nothing else in this plugin searches a store.
 */
export class ScopedStore {
  readonly facts: StoreFacts;
  readonly #store: LogStore;
  readonly #reach: LogReach;
  readonly #filter: ElasticQuery | undefined;

  /** @throws NotAllowedError where nothing may be read */
  constructor(store: LogStore, facts: StoreFacts, reach: LogReach) {
    this.#store = store;
    this.facts = facts;
    this.#reach = reach;
    this.#filter = filterOfReach(reach, facts.map, facts.fields);
  }

  get cluster(): string {
    return this.#store.config.cluster;
  }

  /** The condition of the caller's reach, for links and for sharing. */
  get filter(): ElasticQuery | undefined {
    return this.#filter;
  }

  get atField(): string {
    return this.facts.map.at ?? '@timestamp';
  }

  /** @throws LogStoreError, and LogQueryError for a query that the store cannot read */
  async ask(question: ScopedQuestion): Promise<ScopedAnswer> {
    try {
      const { hits, ...answer } = await this.#store.client.search(
        this.#body(question),
        question.pit,
      );
      const pairs = hits.hits
        .map(hit => ({ hit, line: this.#read(hit) }))
        .filter(({ line }) => isInReach(this.#reach, line));
      return {
        ...answer,
        total: hits.total,
        hits: pairs.map(({ hit }) => hit),
        lines: pairs.map(({ line }) => line),
      };
    } catch (error) {
      throw blame(error, question.query);
    }
  }

  #body(question: ScopedQuestion): object {
    const { fromMilliseconds, toMilliseconds, order = 'desc' } = question;
    const { aggregations, searchAfter } = question;
    return {
      size: question.size,
      track_total_hits: question.isCounted ?? 10_000,
      query: {
        bool: {
          filter: [
            {
              range: {
                [this.atField]: {
                  gte: new Date(fromMilliseconds).toISOString(),
                  lte: new Date(toMilliseconds).toISOString(),
                  format: 'strict_date_optional_time',
                },
              },
            },
            ...(this.#filter ? [this.#filter] : []),
            ...question.filters,
          ],
        },
      },
      ...(question.size > 0 && { sort: this.#sort(order) }),
      ...(searchAfter && { search_after: searchAfter }),
      ...(aggregations && { aggs: aggregations }),
      ...(question.isHighlighted && { highlight: this.#highlight() }),
    };
  }

  /** By time; lines of one millisecond by where they were written. */
  #sort(order: 'asc' | 'desc'): object[] {
    const { map, fields } = this.facts;
    const types = fields.get(this.atField)?.types ?? [];
    return [
      {
        [this.atField]: {
          order,
          unmapped_type: 'date',
          // Nanoseconds would not survive JSON's numbers.
          ...(types.includes('date_nanos') && { numeric_type: 'date' }),
        },
      },
      ...(map.pod ? [{ [map.pod]: { order, unmapped_type: 'keyword' } }] : []),
      ...(map.offset
        ? [{ [map.offset]: { order, unmapped_type: 'long' } }]
        : []),
    ];
  }

  #highlight(): object {
    return {
      fields: { [this.facts.map.message ?? 'message']: {} },
      number_of_fragments: 0,
      pre_tags: [HIGHLIGHT_TAGS.open],
      post_tags: [HIGHLIGHT_TAGS.close],
      max_analyzed_offset: 100_000,
    };
  }

  #read(hit: Hit): LogLine {
    const name = this.facts.map.message ?? 'message';
    return readDocument(
      {
        id: hit._id,
        source: hit._source,
        highlighted: hit.highlight?.[name]?.[0],
      },
      this.facts.map,
      { cluster: this.cluster, most: LOGS_LIMITS.messageCharacters },
    );
  }
}

/** What the store cannot read of a query is the query's fault. */
function blame(error: unknown, query: string | undefined): unknown {
  if (!(error instanceof LogStoreError) || error.failure !== 'refused') {
    return error;
  }
  const [, line, column] =
    /at line (\d+), column (\d+)/.exec(error.message) ?? [];
  const position =
    line === '1' && query !== undefined
      ? Math.min(Number(column), Math.max(0, query.length - 1))
      : 0;
  return new LogQueryError(
    `The log store cannot answer this: ${error.message}`,
    position,
    column === undefined ? Math.max(1, query?.length ?? 1) : 1,
  );
}
