import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { flattenFields } from '@orrery/backstage-plugin-logs-common';
import { matches, type Clause, type StoredLine } from './matches';

type Body = {
  query?: Clause;
  size?: number;
  sort?: Record<string, { order: 'asc' | 'desc' }>[];
  search_after?: unknown[];
  aggs?: Record<string, Aggregation>;
  pit?: { id: string };
};
type Aggregation = {
  terms?: { field: string; size: number };
  date_histogram?: { field: string; fixed_interval: string };
  aggs?: Record<string, Aggregation>;
};

/** A question that reached the store. */
export type AskedSearch = { path: string; body: Body };

/** What the store is to answer instead, once. */
export type Fault = { status: number; body: object; retryAfter?: string };

function aggregate(
  aggregations: Record<string, Aggregation>,
  lines: readonly StoredLine[],
): object {
  return Object.fromEntries(
    Object.entries(aggregations).map(([name, { terms, ...rest }]) => {
      const buckets = new Map<string | number, StoredLine[]>();
      for (const line of lines) {
        const flat = flattenFields(line.source);
        const { date_histogram: times } = rest;
        const interval = Number.parseInt(times?.fixed_interval ?? '1', 10);
        const key = times
          ? Math.floor(Date.parse(String(flat['@timestamp'])) / interval) *
            interval
          : flat[terms?.field ?? ''];
        for (const value of key === undefined ? [] : [key].flat()) {
          buckets.set(value, [...(buckets.get(value) ?? []), line]);
        }
      }
      const list = [...buckets].map(([key, members]) => ({
        key,
        doc_count: members.length,
        ...(rest.aggs && aggregate(rest.aggs, members)),
      }));
      const sorted = rest.date_histogram
        ? list.sort((left, right) => Number(left.key) - Number(right.key))
        : list.sort((left, right) => right.doc_count - left.doc_count);
      const size = terms?.size ?? sorted.length;
      return [
        name,
        {
          buckets: sorted.slice(0, size),
          sum_other_doc_count: sorted
            .slice(size)
            .reduce((sum, bucket) => sum + bucket.doc_count, 0),
        },
      ];
    }),
  );
}

/**
 * A store in memory that answers over HTTP as Elasticsearch 8 does, as far as
 * tests need it, and remembers what it was asked. What it cannot evaluate of
 * a person's query (Lucene) matches everything, as the worst query would.
 */
export class MemoryElasticsearch {
  readonly asked: AskedSearch[] = [];
  readonly lines: StoredLine[] = [];
  types: Record<string, string[]> = {
    '@timestamp': ['date'],
    message: ['text'],
    'log.level': ['keyword'],
    'log.offset': ['long'],
    'kubernetes.namespace': ['keyword'],
    'kubernetes.pod.name': ['keyword'],
    'kubernetes.container.name': ['keyword'],
    'kubernetes.labels.app': ['keyword'],
    'trace.id': ['keyword'],
    kubernetes: ['object'],
    mixed: ['long', 'keyword'],
  };
  version: object = { number: '8.15.0' };
  faults: Fault[] = [];
  #server: Server | undefined;
  #pits = 0;

  /** @returns the URL */
  async start(): Promise<string> {
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', part => {
        text += part;
      });
      request.on('end', () => {
        const { status, body, retryAfter } = this.#answer(
          request.url ?? '',
          text === '' ? {} : JSON.parse(text),
        );
        response.writeHead(status, {
          'Content-Type': 'application/json',
          ...(retryAfter && { 'Retry-After': retryAfter }),
        });
        response.end(JSON.stringify(body));
      });
    });
    this.#server = server;
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise(resolve => this.#server?.close(resolve));
  }

  /** Stores a line, as Filebeat 8 would. */
  add(line: {
    id: string;
    at: string;
    namespace: string;
    app: string;
    message?: string;
    level?: string;
    fields?: object;
  }): void {
    const { id, at, namespace, app } = line;
    this.lines.push({
      id,
      source: {
        '@timestamp': at,
        message: line.message ?? `line ${id}`,
        log: { level: line.level ?? 'info', offset: this.lines.length },
        kubernetes: {
          namespace,
          pod: { name: `${app}-1` },
          container: { name: app },
          labels: { app },
        },
        ...line.fields,
      },
    });
  }

  #answer(path: string, body: Body): Fault {
    const [fault] = path === '/' ? [] : this.faults.splice(0, 1);
    if (fault) {
      return fault;
    }
    if (path === '/') {
      return { status: 200, body: { version: this.version } };
    }
    if (path.includes('/_field_caps')) {
      return { status: 200, body: { fields: this.#caps() } };
    }
    if (path.includes('/_pit')) {
      this.#pits += 1;
      return { status: 200, body: { id: `pit-${this.#pits}` } };
    }
    this.asked.push({ path, body });
    return { status: 200, body: this.#search(body) };
  }

  #caps(): object {
    return Object.fromEntries(
      Object.entries(this.types).map(([name, types]) => [
        name,
        Object.fromEntries(
          types.map(type => [
            type,
            { searchable: true, aggregatable: type !== 'text' },
          ]),
        ),
      ]),
    );
  }

  #search(body: Body): object {
    const names = (body.sort ?? []).map(item => Object.entries(item)[0]);
    const keyOf = (line: StoredLine) =>
      names.map(([name]) => {
        const value = flattenFields(line.source)[name];
        return name === '@timestamp' ? Date.parse(String(value)) : value ?? '';
      });
    const compare = (left: unknown[], right: unknown[]) => {
      for (const [index, [, { order }]] of names.entries()) {
        const [one, other] = [String(left[index]), String(right[index])];
        const difference = one.localeCompare(other, 'en', { numeric: true });
        if (difference !== 0) {
          return order === 'asc' ? difference : -difference;
        }
      }
      return 0;
    };
    const found = this.lines.filter(line => matches(body.query, line));
    const { search_after: after } = body;
    const page = found
      .map(line => ({ line, sort: keyOf(line) }))
      .sort((left, right) => compare(left.sort, right.sort))
      .filter(({ sort }) => !after || compare(sort, after) > 0)
      .slice(0, body.size ?? 10);
    return {
      took: 3,
      timed_out: false,
      _shards: { total: 1, failed: 0 },
      ...(body.pit && { pit_id: body.pit.id }),
      hits: {
        total: { value: found.length, relation: 'eq' },
        hits: page.map(({ line, sort }) => ({
          _id: line.id,
          _source: line.source,
          sort,
        })),
      },
      ...(body.aggs && { aggregations: aggregate(body.aggs, found) }),
    };
  }
}
