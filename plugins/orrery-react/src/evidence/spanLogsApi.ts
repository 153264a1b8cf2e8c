import { createApiRef } from '@backstage/frontend-plugin-api';

/** A line of a log, as far as other pages show it. @public */
export type EvidenceLine = {
  id: string;
  /** RFC 3339. */
  at: string;
  /** `error`, `warn`, `info`...; `unknown` where the line tells none. */
  level: string;
  text: string;
  pod?: string;
};

/** @public */
export type SpanLogsQuery = {
  cluster: string;
  traceId: string;
  /** Namespace and app that wrote them; all of the trace where absent. */
  namespace?: string;
  app?: string;
  /** Milliseconds since the Unix epoch. */
  fromMilliseconds: number;
  toMilliseconds: number;
};

/**
 * Lines that belong to a request. The domain of logs provides it; where that
 * is not installed, nobody does, and pages have links only.
 *
 * @public
 */
export interface SpanLogsApi {
  /** The oldest first. Rejects with what is wrong in words. */
  linesOf(query: SpanLogsQuery): Promise<EvidenceLine[]>;
}

/** @public */
export const spanLogsApiRef = createApiRef<SpanLogsApi>().with({
  id: 'plugin.logs.span-logs',
  pluginId: 'logs',
});
