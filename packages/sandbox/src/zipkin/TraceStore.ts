import type { Clock } from '../clock';
import { isFailure } from '../simulator/flow/outcome';
import type { LivePod } from '../simulator/live/model';
import type {
  SimulatedTrace,
  TraceBook,
  TracedCall,
} from '../simulator/traces';
import { AUTOCOMPLETE_KEYS, Catalog } from './Catalog';
import { reports, serviceName, type Reporter } from './createReporter';
import { dependenciesOf, type DependencyLink } from './dependencies';
import { matches, type TraceQuery } from './query';
import type { Span } from './span';

/** Milliseconds from the end of a span to its being found: proxies send several at once. */
const REPORTED_AFTER = 1000;

export interface TraceStoreOptions {
  book: TraceBook;
  report: Reporter;
  isMine: (pod: LivePod) => boolean;
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
        if (!mayMatch(trace, query)) continue;
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
    const { book, isMine, clock } = this.#options;
    return dependenciesOf(
      book.between(endTs - lookback, endTs),
      isMine,
      clock.now() - REPORTED_AFTER,
    );
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

/** A cheap look before spans are made: whether a trace has what is asked for at all. */
function mayMatch({ calls }: SimulatedTrace, query: TraceQuery): boolean {
  const { serviceName: service, minDuration, tags } = query;
  const code = tags.get('http.status_code');
  const has = (test: (call: TracedCall) => boolean) => calls.some(test);
  const isOf = (pod: TracedCall['caller']) =>
    reports(pod) && (service === undefined || serviceName(pod) === service);
  return (
    has(({ caller, callee }) => isOf(caller) || isOf(callee)) &&
    (!tags.has('error') || has(({ outcome }) => isFailure(outcome))) &&
    (!code || has(({ outcome }) => String(outcome.code) === code)) &&
    (minDuration === undefined ||
      // Spans have whole microseconds, and a callee may take longer than its caller waits.
      has(
        ({ durationMilliseconds, servedMilliseconds }) =>
          Math.max(durationMilliseconds, servedMilliseconds) * 1000 >=
          minDuration - 1,
      ))
  );
}
