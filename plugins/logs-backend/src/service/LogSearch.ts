import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  LogQuery,
  LogSearchResponse,
} from '@orrery/backstage-plugin-logs-common';
import { resolveTimeRange } from '@orrery/backstage-plugin-orrery-common';
import { askerOf } from './askerOf';
import { compileQuery } from './compileQuery';
import type { Cursor, CursorSigner } from './CursorSigner';
import { provenanceOf } from './provenanceOf';
import type { ScopedQuestion } from './ScopedStore';
import type { ScopedStores } from './ScopedStores';

/** Lines of a store, page by page. */
export class LogSearch {
  readonly #stores: ScopedStores;
  readonly #signer: CursorSigner;
  readonly #now: () => number;

  constructor(
    stores: ScopedStores,
    signer: CursorSigner,
    now: () => number = Date.now,
  ) {
    this.#stores = stores;
    this.#signer = signer;
    this.#now = now;
  }

  /**
   * The newest lines, or with a cursor those before them. The cursor keeps
   * the range of the first page, and the order of lines is total (time, pod,
   * place in the file), so that no moment of the store has to be held.
   */
  async page(
    query: LogQuery,
    options: { limit: number; cursor?: string },
    credentials: BackstageCredentials,
  ): Promise<LogSearchResponse> {
    const { limit } = options;
    const { from, to, ...rest } = query;
    const bond = JSON.stringify([
      askerOf(credentials),
      from,
      to,
      Object.entries(rest).sort(([left], [right]) => left.localeCompare(right)),
    ]);
    const cursor =
      options.cursor === undefined
        ? undefined
        : this.#signer.read(options.cursor, bond);
    const range = cursor
      ? { fromMilliseconds: cursor.from, toMilliseconds: cursor.to }
      : resolveTimeRange(query, this.#now());
    const scoped = await this.#stores.open(query, credentials);
    const question: ScopedQuestion = {
      ...range,
      filters: compileQuery(query, scoped.facts),
      size: limit,
      isHighlighted: query.query !== '',
      query: query.query,
      ...(cursor && { searchAfter: cursor.after }),
    };
    const answer = await scoped.ask(question);
    const last = answer.hits.at(-1)?.sort;
    const next: Cursor | undefined =
      last && answer.hits.length >= limit
        ? {
            after: last.map(value =>
              typeof value === 'string' || typeof value === 'number'
                ? value
                : null,
            ),
            from: range.fromMilliseconds,
            to: range.toMilliseconds,
          }
        : undefined;
    return {
      lines: answer.lines,
      ...(answer.total && {
        total: {
          value: answer.total.value,
          relation: answer.total.relation === 'eq' ? 'exact' : 'atLeast',
        },
      }),
      ...(next && { cursor: this.#signer.sign(next, bond) }),
      ...(answer.took !== undefined && { tookMilliseconds: answer.took }),
      provenance: provenanceOf(query.cluster, answer),
    };
  }
}
