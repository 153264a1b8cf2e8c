import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  LOGS_LIMITS,
  type LogLine,
  type LogQuery,
} from '@orrery/backstage-plugin-logs-common';
import { resolveTimeRange } from '@orrery/backstage-plugin-orrery-common';
import { LogStoreError } from '../sources/LogStoreError';
import { compileQuery } from './compileQuery';
import type { ScopedStores } from './ScopedStores';

/** All lines of a question, page by page, the oldest first. */
export class LogDownload {
  readonly #stores: ScopedStores;
  readonly #most: number;

  constructor(stores: ScopedStores, most: number = LOGS_LIMITS.downloadLines) {
    this.#stores = stores;
    this.#most = most;
  }

  /**
   * Opens a download; the refusal of one comes before its first page. Pages
   * keep to one moment of the store where it can; a moment that it forgot is
   * replaced by a new one.
   */
  async open(
    query: LogQuery,
    credentials: BackstageCredentials,
  ): Promise<AsyncGenerator<LogLine[]>> {
    const range = resolveTimeRange(query, Date.now());
    const scoped = await this.#stores.open(query, credentials);
    const filters = compileQuery(query, scoped.facts);
    const { client } = this.#stores.store(scoped.cluster);
    const kind = scoped.facts.product?.pit;
    let pit = kind && (await client.openPit(kind));
    const ask = async (searchAfter: readonly unknown[] | undefined) => {
      const question = {
        ...range,
        filters,
        query: query.query,
        size: LOGS_LIMITS.lines,
        order: 'asc' as const,
        searchAfter,
      };
      try {
        return await scoped.ask({ ...question, pit });
      } catch (error) {
        const isExpired =
          error instanceof LogStoreError && error.failure === 'expired';
        if (!kind || !isExpired) {
          throw error;
        }
        pit = await client.openPit(kind);
        return scoped.ask({ ...question, pit });
      }
    };
    const most = this.#most;
    const firstPage = await ask(undefined);
    async function* pages() {
      let count = 0;
      let page = firstPage;
      try {
        for (;;) {
          pit = pit && (page.pit_id ?? pit);
          const lines = page.lines.slice(0, most - count);
          count += lines.length;
          yield lines;
          const after = page.hits.at(-1)?.sort;
          if (page.hits.length < LOGS_LIMITS.lines || count >= most || !after) {
            return;
          }
          page = await ask(after);
        }
      } finally {
        if (kind && pit) {
          await client.closePit(kind, pit);
        }
      }
    }
    return pages();
  }
}
