import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  ElasticQuery,
  LogContextResponse,
  LogLine,
} from '@orrery/backstage-plugin-logs-common';
import { provenanceOf } from './provenanceOf';
import type { AskedScope, ScopedStores } from './ScopedStores';

/** How far around a line its neighbours are looked for. */
const HOURS_AROUND = 24;

/** The lines before and after one. */
export class LogContext {
  readonly #stores: ScopedStores;

  constructor(stores: ScopedStores) {
    this.#stores = stores;
  }

  /**
   * Lines of the same container around one.
   *
   * @throws NotFoundError also for lines that the caller may not read
   */
  async around(
    query: AskedScope & { id: string; before: number; after: number },
    credentials: BackstageCredentials,
  ): Promise<LogContextResponse> {
    const scoped = await this.#stores.open(query, credentials);
    const found = await scoped.ask({
      filters: [{ ids: { values: [query.id] } }],
      fromMilliseconds: 0,
      toMilliseconds: Date.now() + HOURS_AROUND * 3_600_000,
      size: 1,
    });
    const [line] = found.lines;
    const sort = found.hits.at(0)?.sort;
    if (!line || !sort) {
      throw new NotFoundError(
        `No line ${query.id} that you may read; it may be older than what the store keeps`,
      );
    }
    const { map } = scoped.facts;
    const filters: ElasticQuery[] = [];
    for (const role of ['namespace', 'pod', 'container'] as const) {
      const field = map[role];
      const value = line[role];
      if (field !== undefined && value !== undefined) {
        filters.push({ term: { [field]: { value } } });
      }
    }
    const at = Date.parse(line.at);
    const around = HOURS_AROUND * 3_600_000;
    const side = (order: 'asc' | 'desc', size: number) =>
      size === 0
        ? Promise.resolve<LogLine[]>([])
        : scoped
            .ask({
              filters,
              fromMilliseconds: order === 'asc' ? at : at - around,
              toMilliseconds: order === 'asc' ? at + around : at + 1,
              size,
              order,
              searchAfter: sort,
            })
            .then(({ lines }) => lines.filter(({ id }) => id !== line.id));
    const [before, after] = await Promise.all([
      side('desc', query.before),
      side('asc', query.after),
    ]);
    return {
      before: before.reverse(),
      line,
      after,
      provenance: provenanceOf(query.cluster, found),
    };
  }
}
