import type {
  EvidenceLine,
  SpanLogsApi,
  SpanLogsQuery,
} from '@orrery/backstage-plugin-orrery-react';
import type { LogsApi } from './LogsApi';

/** More lines than this are behind the link beside them. */
const MOST_LINES = 50;

/** Lines of requests, from the log store. */
export class StoredSpanLogs implements SpanLogsApi {
  readonly #logsApi: LogsApi;

  constructor(logsApi: LogsApi) {
    this.#logsApi = logsApi;
  }

  async linesOf(query: SpanLogsQuery): Promise<EvidenceLine[]> {
    const { cluster, traceId, namespace, app } = query;
    const { lines, provenance } = await this.#logsApi.search(
      {
        cluster,
        namespaces: namespace === undefined ? [] : [namespace],
        ...(app !== undefined && { app }),
        traceId,
        from: new Date(query.fromMilliseconds).toISOString(),
        to: new Date(query.toMilliseconds).toISOString(),
        query: '',
        language: 'kql',
        levels: [],
      },
      { limit: MOST_LINES },
    );
    const failed = provenance.sources.find(({ state }) => state === 'failed');
    if (failed && lines.length === 0) {
      throw new Error(failed.reason ?? failed.name);
    }
    return lines
      .map(({ id, at, level, text, pod }) => ({
        id,
        at,
        level,
        text,
        ...(pod !== undefined && { pod }),
      }))
      .reverse();
  }
}
