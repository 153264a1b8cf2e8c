import {
  readZipkinSpan,
  zipkinSpanSchema,
  type TracedLink,
} from '@orrery/backstage-plugin-telemetry-common';
import { z } from 'zod';
import type { UpstreamConfig } from '../config/readUpstream';
import type {
  StoredTrace,
  TraceSearch,
  TraceSource,
} from '../traces/TraceSource';
import { fetchJson } from './fetchJson';
import { UpstreamError } from './UpstreamError';

const NAME = 'zipkin';

const namesSchema = z.array(z.string());
const traceSchema = z.array(zipkinSpanSchema);
const linksSchema = z.array(
  z.object({
    parent: z.string(),
    child: z.string(),
    callCount: z.number().default(0),
    errorCount: z.number().default(0),
  }),
);

function parse<T extends z.ZodType>(schema: T, answer: unknown): z.infer<T> {
  const result = schema.safeParse(answer);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new UpstreamError(
      `${NAME} answered something else than its API says, at ${
        issue.path.join('.') || 'the top'
      }: ${issue.message}`,
    );
  }
  return result.data;
}

/** Parts of a range with more traces than are wanted. */
const PARTS = 6;

function stored(spans: z.infer<typeof traceSchema>): StoredTrace[] {
  return spans.length === 0
    ? []
    : [{ traceId: spans[0].traceId, reports: spans.map(readZipkinSpan) }];
}

function microseconds(milliseconds: number): string {
  return String(Math.max(1, Math.round(milliseconds * 1000)));
}

/** Tags as Zipkin's `annotationQuery` has them; all must be on one span. */
function annotationQuery({ tags, errorsOnly }: TraceSearch): string {
  const terms = tags.map(({ key, value }) =>
    value === undefined ? key : `${key}=${value}`,
  );
  return [...terms, ...(errorsOnly ? ['error'] : [])].join(' and ');
}

/** The same search for equal parts of its range, each for its share. */
function partsOf(search: TraceSearch): TraceSearch[] {
  const { fromMilliseconds, toMilliseconds } = search;
  const length = (toMilliseconds - fromMilliseconds) / PARTS;
  return Array.from({ length: PARTS }, (_, index) => ({
    ...search,
    fromMilliseconds: fromMilliseconds + index * length,
    toMilliseconds: fromMilliseconds + (index + 1) * length,
    limit: Math.max(1, Math.floor(search.limit / PARTS)),
  }));
}

/**
 * Asks Zipkin's API version 2 (https://zipkin.io/zipkin-api/), which others
 * speak as well.
 */
export class ZipkinSource implements TraceSource {
  readonly name = NAME;
  readonly #config: UpstreamConfig;

  constructor(config: UpstreamConfig) {
    this.#config = config;
  }

  async services() {
    return this.#names('/services');
  }

  async spanNames(service: string) {
    return this.#names(
      `/spans?${new URLSearchParams({ serviceName: service })}`,
    );
  }

  async tagKeys() {
    return this.#names('/autocompleteKeys');
  }

  async tagValues(key: string) {
    return this.#names(`/autocompleteValues?${new URLSearchParams({ key })}`);
  }

  /**
   * Traces of a range. Zipkin tells the newest where there are too many, which
   * on a busy service are those of the last seconds; then some are asked for
   * of every part of the range, and the newest fill what is left.
   */
  async search(search: TraceSearch): Promise<StoredTrace[]> {
    const newest = await this.#newest(search);
    if (newest.length < search.limit) {
      return newest;
    }
    const parts = await Promise.all(
      partsOf(search).map(part => this.#newest(part)),
    );
    const found = new Map<string, StoredTrace>();
    for (const trace of [...parts.flat(), ...newest]) {
      if (found.size < search.limit) {
        found.set(trace.traceId, trace);
      }
    }
    return [...found.values()];
  }

  async #newest(search: TraceSearch): Promise<StoredTrace[]> {
    const { fromMilliseconds, toMilliseconds } = search;
    const query = new URLSearchParams({
      serviceName: search.service,
      endTs: String(Math.round(toMilliseconds)),
      lookback: String(Math.round(toMilliseconds - fromMilliseconds)),
      limit: String(search.limit),
    });
    const write = (name: string, value: string | undefined) =>
      value && query.set(name, value);
    write('spanName', search.spanName);
    write('annotationQuery', annotationQuery(search));
    // Zipkin refuses a longest duration without a shortest.
    const { maxDurationMilliseconds: longest } = search;
    const shortest =
      search.minDurationMilliseconds ?? (longest === undefined ? undefined : 0);
    write('minDuration', shortest === undefined ? '' : microseconds(shortest));
    write('maxDuration', longest === undefined ? '' : microseconds(longest));
    const answer = await this.#get(`/traces?${query}`);
    return parse(z.array(traceSchema), answer ?? []).flatMap(stored);
  }

  async trace(traceId: string): Promise<StoredTrace | undefined> {
    const answer = await this.#get(`/trace/${encodeURIComponent(traceId)}`);
    return answer === undefined
      ? undefined
      : stored(parse(traceSchema, answer))[0];
  }

  async dependencies(range: {
    fromMilliseconds: number;
    toMilliseconds: number;
  }): Promise<TracedLink[]> {
    const { fromMilliseconds, toMilliseconds } = range;
    const query = new URLSearchParams({
      endTs: String(Math.round(toMilliseconds)),
      lookback: String(Math.round(toMilliseconds - fromMilliseconds)),
    });
    const answer = await this.#get(`/dependencies?${query}`);
    return parse(linksSchema, answer ?? []).map(link => ({
      source: link.parent,
      target: link.child,
      calls: link.callCount,
      errors: link.errorCount,
    }));
  }

  async #names(path: string): Promise<string[]> {
    const names = parse(namesSchema, (await this.#get(path)) ?? []);
    return [...new Set(names)].sort();
  }

  #get(path: string): Promise<unknown> {
    return fetchJson(NAME, this.#config, `/api/v2${path}`);
  }
}
