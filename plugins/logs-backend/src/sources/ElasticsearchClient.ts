import { isError } from '@backstage/errors';
import {
  connectionFailure,
  readBytes,
  Semaphore,
} from '@orrery/backstage-plugin-orrery-node';
import type { z } from 'zod';
import type { LogStoreConfig } from '../config/readLogStores';
import {
  fieldCapsSchema,
  infoSchema,
  nodesSchema,
  searchAnswerSchema,
  type SearchAnswer,
} from './answers';
import { LogStoreError } from './LogStoreError';
import { readRefusal } from './readRefusal';

/** Answers beyond this are refused: 1,000 lines of a megabyte are no page. */
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;

/** What a store is and can. */
export type StoreProduct = {
  product: 'Elasticsearch' | 'OpenSearch';
  version: string;
  /** Whether a search can keep to one moment, and under which path. */
  pit?: 'elasticsearch' | 'opensearch';
};

/** One field as the store maps it. */
export type StoreField = {
  types: string[];
  isSearchable: boolean;
  isAggregatable: boolean;
};

type Ask = { method?: 'GET' | 'POST' | 'DELETE'; body?: object };

/**
 * Speaks the part of the HTTP API that Elasticsearch 7 to 9 and OpenSearch 1
 * to 3 share. Identical questions that run at the same time are asked once;
 * no more than the configured number run at once.
 */
export class ElasticsearchClient {
  readonly #config: LogStoreConfig;
  readonly #semaphore: Semaphore;
  readonly #running = new Map<string, Promise<unknown>>();

  constructor(config: LogStoreConfig) {
    this.#config = config;
    this.#semaphore = new Semaphore(config.maxConcurrency);
  }

  async product(): Promise<StoreProduct> {
    const { version, tagline } = await this.#info();
    const [major = 0, minor = 0] = version.number.split('.').map(Number);
    if (
      version.distribution === 'opensearch' ||
      /OpenSearch/.test(tagline ?? '')
    ) {
      return {
        product: 'OpenSearch',
        version: version.number,
        ...((major > 2 || (major === 2 && minor >= 4)) && {
          pit: 'opensearch' as const,
        }),
      };
    }
    return {
      product: 'Elasticsearch',
      version: version.number,
      ...((major > 7 || (major === 7 && minor >= 10)) && {
        pit: 'elasticsearch' as const,
      }),
    };
  }

  /** Gateways before a store often refuse its front page; its nodes know it too. */
  async #info(): Promise<z.infer<typeof infoSchema>> {
    try {
      return await this.#ask(infoSchema, '/');
    } catch (error) {
      const answer = await this.#ask(
        nodesSchema,
        '/_nodes/_local?filter_path=nodes.*.version,nodes.*.build_flavor',
      ).catch(() => undefined);
      const [node] = Object.values(answer?.nodes ?? {});
      if (!node) {
        throw error;
      }
      // Elasticsearch alone has flavors.
      return {
        version: {
          number: node.version,
          ...(node.build_flavor === undefined && {
            distribution: 'opensearch',
          }),
        },
      };
    }
  }

  /** Every field of the indexes, by its name. */
  async fields(): Promise<Map<string, StoreField>> {
    const answer = await this.#ask(
      fieldCapsSchema,
      `/${
        this.#index
      }/_field_caps?fields=*&ignore_unavailable=true&allow_no_indices=true`,
    );
    const fields = new Map<string, StoreField>();
    for (const [name, byType] of Object.entries(answer.fields)) {
      const kinds = Object.entries(byType).filter(
        ([type]) => type !== 'unmapped',
      );
      if (
        !name.startsWith('_') &&
        !kinds.some(([, kind]) => kind.metadata_field)
      ) {
        fields.set(name, {
          types: kinds.map(([type]) => type),
          isSearchable: kinds.every(([, kind]) => kind.searchable),
          isAggregatable: kinds.every(([, kind]) => kind.aggregatable),
        });
      }
    }
    return fields;
  }

  /**
   * Searches. With `pit` the search keeps to its moment.
   *
   * @throws LogStoreError
   */
  search(body: object, pit?: string): Promise<SearchAnswer> {
    const { timeoutSeconds } = this.#config;
    const timeout = `${Math.max(1, Math.floor(timeoutSeconds))}s`;
    return pit === undefined
      ? this.#ask(
          searchAnswerSchema,
          `/${
            this.#index
          }/_search?ignore_unavailable=true&allow_no_indices=true`,
          { method: 'POST', body: { timeout, ...body } },
        )
      : this.#ask(searchAnswerSchema, '/_search', {
          method: 'POST',
          body: { timeout, ...body, pit: { id: pit, keep_alive: '2m' } },
        });
  }

  /** Fixes a moment to search at. */
  async openPit(kind: NonNullable<StoreProduct['pit']>): Promise<string> {
    const path =
      kind === 'elasticsearch'
        ? `/${this.#index}/_pit?keep_alive=2m`
        : `/${this.#index}/_search/point_in_time?keep_alive=2m`;
    const answer = await this.#send(path, { method: 'POST' });
    const id: unknown =
      typeof answer === 'object' && answer !== null
        ? Reflect.get(answer, 'id') ?? Reflect.get(answer, 'pit_id')
        : undefined;
    if (typeof id !== 'string') {
      throw new LogStoreError('garbage', 'The log store fixed no moment');
    }
    return id;
  }

  /** Lets go of a moment; the store does so by itself after two minutes. */
  async closePit(
    kind: NonNullable<StoreProduct['pit']>,
    id: string,
  ): Promise<void> {
    await this.#send(
      kind === 'elasticsearch' ? '/_pit' : '/_search/point_in_time',
      {
        method: 'DELETE',
        body: kind === 'elasticsearch' ? { id } : { pit_id: [id] },
      },
    ).catch(() => undefined);
  }

  get #index(): string {
    return encodeURIComponent(this.#config.index).replace(/%2C/g, ',');
  }

  async #ask<T extends z.ZodType>(
    schema: T,
    path: string,
    ask: Ask = {},
  ): Promise<z.infer<T>> {
    const key = `${path} ${JSON.stringify(ask)}`;
    let answer = this.#running.get(key);
    if (!answer) {
      answer = this.#semaphore
        .run(() => this.#send(path, ask))
        .finally(() => this.#running.delete(key));
      this.#running.set(key, answer);
    }
    const result = schema.safeParse(await answer);
    if (!result.success) {
      throw new LogStoreError(
        'garbage',
        'The log store answered with something that is not its API',
      );
    }
    return result.data;
  }

  async #send(path: string, { method = 'GET', body }: Ask): Promise<unknown> {
    const { url, headers, timeoutSeconds } = this.#config;
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...headers,
          Accept: 'application/json',
          ...(body && { 'Content-Type': 'application/json' }),
        },
        body: body && JSON.stringify(body),
        redirect: 'error',
        // A little longer than the store itself is given.
        signal: AbortSignal.timeout(Math.ceil(timeoutSeconds * 1000) + 500),
      });
      text = await readBounded(response);
    } catch (error) {
      throw error instanceof LogStoreError
        ? error
        : connectionError(error, timeoutSeconds);
    }
    if (!response.ok) {
      throw readRefusal(
        response.status,
        text,
        response.headers.get('retry-after'),
      );
    }
    try {
      return JSON.parse(text);
    } catch {
      throw new LogStoreError(
        'garbage',
        'The log store answered with something that is not JSON',
      );
    }
  }
}

async function readBounded(response: Response): Promise<string> {
  const bytes = await readBytes(response, LARGEST_ANSWER_BYTES);
  if (!bytes) {
    throw new LogStoreError(
      'tooLarge',
      `The log store answers with more than ${
        LARGEST_ANSWER_BYTES / 1024 / 1024
      } MB; ask for fewer lines or a narrower range`,
    );
  }
  return bytes.toString('utf8');
}

function connectionError(
  error: unknown,
  timeoutSeconds: number,
): LogStoreError {
  if (isError(error) && error.name === 'TimeoutError') {
    return new LogStoreError(
      'timeout',
      `The log store did not answer within ${timeoutSeconds} s; ask for a narrower range`,
    );
  }
  return new LogStoreError(
    'unreachable',
    `The log store cannot be reached: ${connectionFailure(error)}`,
  );
}
