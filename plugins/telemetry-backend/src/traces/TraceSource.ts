import type {
  Span,
  TracedLink,
} from '@orrery/backstage-plugin-telemetry-common';

/** What is asked of a store of traces. Times are milliseconds since the Unix epoch. */
export type TraceSearch = {
  /** `app.namespace`. */
  service: string;
  spanName?: string;
  fromMilliseconds: number;
  toMilliseconds: number;
  minDurationMilliseconds?: number;
  maxDurationMilliseconds?: number;
  /** Tags that one span has; without a value, with any. */
  tags: readonly { key: string; value?: string }[];
  errorsOnly: boolean;
  limit: number;
};

/** The reports of one trace, as the store has them. */
export type StoredTrace = { traceId: string; reports: Span[] };

/**
 * A store of traces. Zipkin is one; Jaeger or Tempo would be others.
 * Everything throws UpstreamError when the store cannot be asked.
 */
export interface TraceSource {
  /** What it is called where answers say where they came from. */
  readonly name: string;
  services(): Promise<string[]>;
  spanNames(service: string): Promise<string[]>;
  /** Tags whose values can be completed. */
  tagKeys(): Promise<string[]>;
  tagValues(key: string): Promise<string[]>;
  search(search: TraceSearch): Promise<StoredTrace[]>;
  /** undefined when there is no such trace. */
  trace(traceId: string): Promise<StoredTrace | undefined>;
  dependencies(range: {
    fromMilliseconds: number;
    toMilliseconds: number;
  }): Promise<TracedLink[]>;
}
