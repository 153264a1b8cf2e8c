import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  flattenFields,
  type LogField,
  type LogFieldsResponse,
  type LogFieldValuesResponse,
  type LogQuery,
} from '@orrery/backstage-plugin-logs-common';
import {
  InvalidValueError,
  resolveTimeRange,
} from '@orrery/backstage-plugin-orrery-common';
import { bucketsSchema } from '../sources/answers';
import type { StoreField } from '../sources/ElasticsearchClient';
import { compileQuery } from './compileQuery';
import { provenanceOf } from './provenanceOf';
import type { ScopedStore } from './ScopedStore';
import type { ScopedStores } from './ScopedStores';

const OBJECTS = new Set(['object', 'nested', 'flattened']);
/** Lines that are looked at where the store cannot count values. */
const SAMPLE = 500;

function problemOf(name: string, field: StoreField): string | undefined {
  if (field.types.length > 1) {
    return `${name} is ${field.types.join(
      ' in some indexes and ',
    )} in others; queries compare it leniently`;
  }
  return undefined;
}

/** Fields of a store and their values. */
export class LogFields {
  readonly #stores: ScopedStores;
  readonly #now: () => number;

  constructor(stores: ScopedStores, now: () => number = Date.now) {
    this.#stores = stores;
    this.#now = now;
  }

  /** Names and types; these are the store's, not those of single lines. */
  async list(
    query: Pick<LogQuery, 'cluster' | 'namespaces' | 'app'>,
    credentials: BackstageCredentials,
  ): Promise<LogFieldsResponse> {
    const { facts } = await this.#stores.open(query, credentials);
    const fields = [...facts.fields]
      .filter(([, { types }]) => !types.every(type => OBJECTS.has(type)))
      .map(([name, field]): LogField => {
        const problem = problemOf(name, field);
        return { name, ...field, ...(problem && { problem }) };
      })
      .sort((left, right) => left.name.localeCompare(right.name));
    return { fields, provenance: provenanceOf(query.cluster, {}) };
  }

  /** The values that most lines have. */
  async values(
    query: LogQuery,
    options: { field: string; limit: number },
    credentials: BackstageCredentials,
  ): Promise<LogFieldValuesResponse> {
    const scoped = await this.#stores.open(query, credentials);
    const { field, limit } = options;
    const known = scoped.facts.fields.get(field);
    if (!known || known.types.every(type => OBJECTS.has(type))) {
      throw new InvalidValueError(
        'field',
        known
          ? `a field with values; ${field} is an object, name one of its fields`
          : 'a field of the log store',
        field,
      );
    }
    const range = resolveTimeRange(query, this.#now());
    const question = {
      ...range,
      filters: compileQuery(query, scoped.facts),
      query: query.query,
    };
    const exact = scoped.facts.fields.get(`${field}.keyword`);
    const counted = known.isAggregatable
      ? field
      : exact?.isAggregatable && `${field}.keyword`;
    return counted
      ? this.#count(scoped, question, { ...options, counted })
      : this.#sample(scoped, question, { field, limit });
  }

  async #count(
    scoped: ScopedStore,
    question: Pick<
      Parameters<ScopedStore['ask']>[0],
      'filters' | 'fromMilliseconds' | 'toMilliseconds' | 'query'
    >,
    options: { field: string; counted: string; limit: number },
  ): Promise<LogFieldValuesResponse> {
    const answer = await scoped.ask({
      ...question,
      size: 0,
      aggregations: {
        // Never `min_doc_count: 0`: that would tell values of foreign lines.
        values: { terms: { field: options.counted, size: options.limit } },
      },
    });
    const { buckets, sum_other_doc_count: others = 0 } = bucketsSchema.parse(
      answer.aggregations?.values ?? { buckets: [] },
    );
    return {
      field: options.field,
      values: buckets.map(bucket => ({
        value: bucket.key_as_string ?? String(bucket.key),
        count: bucket.doc_count,
      })),
      others,
      provenance: provenanceOf(scoped.cluster, answer),
    };
  }

  /** Counts the newest lines where the store cannot. */
  async #sample(
    scoped: ScopedStore,
    question: Pick<
      Parameters<ScopedStore['ask']>[0],
      'filters' | 'fromMilliseconds' | 'toMilliseconds' | 'query'
    >,
    options: { field: string; limit: number },
  ): Promise<LogFieldValuesResponse> {
    const answer = await scoped.ask({ ...question, size: SAMPLE });
    const counts = new Map<string, number>();
    for (const { _source: source } of answer.hits) {
      const told = flattenFields(source)[options.field];
      for (const value of told === undefined ? [] : [told].flat()) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
    const values = [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((left, right) => right.count - left.count);
    return {
      field: options.field,
      values: values.slice(0, options.limit),
      others: values
        .slice(options.limit)
        .reduce((sum, { count }) => sum + count, 0),
      examined: answer.hits.length,
      provenance: provenanceOf(scoped.cluster, answer),
    };
  }
}
