import type { Clock } from '../clock';
import type {
  SimulatedTrace,
  TraceBook,
  TracedCall,
} from '../simulator/traces';
import { AUTOCOMPLETE_KEYS, Catalog } from './Catalog';
import { reports, serviceName, type Reporter } from './createReporter';
import { matches, type TraceQuery } from './query';
import type { Span } from './span';

/** Milliseconds from the end of a span to its being found: proxies send several at once. */
const REPORTED_AFTER = 1000;

/** Calls between two services. */
export interface DependencyLink {
  parent: string;
  child: string;
  callCount: number;
  errorCount?: number;
}

export interface TraceStoreOptions {
  book: TraceBook;
  report: Reporter;
  clock: Clock;
}

/** The spans that a cluster's proxies have reported, by the book of traces. */
export class TraceStore {
  readonly catalog = new Catalog();
  readonly #options: TraceStoreOptions;
  readonly #seen = new Set<string>();
  #first: number;
  #next: number;

  constructor(options: TraceStoreOptions) {
    this.#options = options;
    this.#next = Math.floor(options.clock.now() / 1000);
    this.#first = this.#next;
  }

  /** Brings the catalog of names up to date. */
  advance(): void {
    const { book } = this.#options;
    for (; this.#next < book.nextSecond; this.#next++) this.#list(this.#next);
    while (book.second(this.#first - 1)) this.#list(--this.#first);
  }

  #list(second: number): void {
    for (const trace of this.#options.book.second(second) ?? []) {
      for (const call of trace.calls) {
        const kind = kindOf(call);
        // Spans are dear to make, and most bring no new names along.
        if (this.#seen.has(kind)) continue;
        this.#seen.add(kind);
        const alone = { ...trace, calls: [call] };
        this.#options.report(alone).forEach(span => this.catalog.add(span));
      }
    }
  }

  /** Spans of a trace that have been reported so far; some may still be missing. */
  #spans(trace: SimulatedTrace): Span[] {
    const latest = (this.#options.clock.now() - REPORTED_AFTER) * 1000;
    return this.#options
      .report(trace)
      .filter(({ timestamp, duration }) => timestamp + duration <= latest);
  }

  /** A trace by its id; undefined when there is none. */
  find(id: string): Span[] | undefined {
    const trace = this.#options.book.find(id.padStart(32, '0'));
    const spans = trace && this.#spans(trace);
    return spans && spans.length > 0 ? spans : undefined;
  }

  /** Traces that match, the newest first. */
  search(query: TraceQuery): Span[][] {
    const { book } = this.#options;
    const found: Span[][] = [];
    const from = query.endTs - query.lookback;
    const last = Math.min(Math.floor(query.endTs / 1000), book.nextSecond);
    const oldest = Math.max(Math.floor(from / 1000), book.oldestAt / 1000);
    for (let second = last; second >= oldest; second--) {
      const traces = book.second(second) ?? [];
      for (let index = traces.length - 1; index >= 0; index--) {
        const trace = traces[index];
        if (trace.startedAt < from || trace.startedAt > query.endTs) continue;
        if (!touches(trace, query.serviceName)) continue;
        const spans = this.#spans(trace);
        if (spans.length === 0 || !matches(spans, query)) continue;
        found.push(spans);
        if (found.length >= query.limit) return found;
      }
    }
    return found;
  }

  /** Who called whom in a span of time, milliseconds since the Unix epoch. */
  dependencies(endTs: number, lookback: number): DependencyLink[] {
    const links = new Map<string, DependencyLink>();
    for (const trace of this.#options.book.between(endTs - lookback, endTs)) {
      const spans = this.#spans(trace);
      const servers = new Map(
        spans
          .filter(({ kind }) => kind === 'SERVER')
          .map(each => [each.id, each]),
      );
      const parents = new Map(
        trace.calls.map(({ id, parentId }) => [id, parentId]),
      );
      for (const span of spans) {
        const isClient = span.kind === 'CLIENT';
        if (!isClient && span.shared) continue;
        const server = isClient ? servers.get(span.id) ?? span : span;
        const parent = isClient
          ? span.localEndpoint.serviceName
          : ancestor(span, servers, parents);
        const child =
          server === span && isClient
            ? span.remoteEndpoint?.serviceName
            : server.localEndpoint.serviceName;
        if (parent === undefined || child === undefined) continue;
        const key = `${parent}>${child}`;
        const link = links.get(key) ?? { parent, child, callCount: 0 };
        link.callCount++;
        if (span.tags.error !== undefined) {
          link.errorCount = (link.errorCount ?? 0) + 1;
        }
        links.set(key, link);
      }
    }
    return [...links.values()];
  }

  /** Tags that people are offered values of. */
  keys(): readonly string[] {
    return AUTOCOMPLETE_KEYS;
  }
}

/** What the names and remembered tags of a call's spans depend on. */
function kindOf({ caller, callee, host, operation, outcome }: TracedCall) {
  return [
    caller?.workload.key,
    callee?.workload.key,
    host,
    operation.method,
    outcome.code,
    outcome.flags,
  ].join('|');
}

/** The nearest service further out that has reported, where the caller has not. */
function ancestor(
  { parentId }: Span,
  servers: ReadonlyMap<string, Span>,
  parents: ReadonlyMap<string, string | undefined>,
): string | undefined {
  for (let id = parentId; id !== undefined; id = parents.get(id)) {
    const server = servers.get(id);
    if (server) return server.localEndpoint.serviceName;
  }
  return undefined;
}

/** A cheap look before spans are made: whether a service has a part in a trace. */
function touches(
  { calls }: SimulatedTrace,
  service: string | undefined,
): boolean {
  return (
    service === undefined ||
    calls.some(
      ({ caller, callee }) =>
        (reports(caller) && serviceName(caller) === service) ||
        (reports(callee) && serviceName(callee) === service),
    )
  );
}
