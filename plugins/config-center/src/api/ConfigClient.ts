import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  configHistorySchema,
  configMapsSchema,
  configPrefixesSchema,
  configReadersSchema,
  configTokenSchema,
  configTreeSchema,
  configValueSchema,
} from '@orrery/backstage-plugin-config-center-common';
import {
  followStream,
  readResponseError,
} from '@orrery/backstage-plugin-orrery-react';
import { z } from 'zod';
import type { ConfigApi, TreeListener } from './ConfigApi';

const problemSchema = z.object({ message: z.string() });

/**
 * Talks to the plugin `config-center`.
 *
 * @public
 */
export class ConfigClient implements ConfigApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  prefixes(cluster: string) {
    return this.#get(configPrefixesSchema, '/prefixes', { cluster });
  }

  tree(service: string, withValues: boolean) {
    return this.#get(configTreeSchema, '/tree', {
      service,
      values: String(withValues),
    });
  }

  value(service: string, key: string) {
    return this.#get(configValueSchema, '/value', { service, key });
  }

  async reveal(service: string, key: string) {
    const response = await this.#fetchApi.fetch(await this.#url('/reveal'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ service, key }),
    });
    return this.#read(configValueSchema, response);
  }

  history(service: string, page: { key?: string; before?: string }) {
    return this.#get(configHistorySchema, '/history', { service, ...page });
  }

  readers(service: string) {
    return this.#get(configReadersSchema, '/readers', { service });
  }

  token(service: string) {
    return this.#get(configTokenSchema, '/token', { service });
  }

  configMaps(service: string) {
    return this.#get(configMapsSchema, '/config-maps', { service });
  }

  mapHistory(configMap: string, page: { key?: string; before?: string }) {
    return this.#get(configHistorySchema, '/config-maps/history', {
      configMap,
      ...page,
    });
  }

  async follow(service: string, listener: TreeListener, signal: AbortSignal) {
    await followStream({
      fetchApi: this.#fetchApi,
      url: `${await this.#url('/stream')}?${new URLSearchParams({ service })}`,
      signal,
      onEvent: ({ event, data }) => {
        if (event === 'snapshot') {
          listener.onTree(configTreeSchema.parse(JSON.parse(data)));
        } else if (event === 'problem') {
          const { message } = problemSchema.parse(JSON.parse(data));
          listener.onProblem(new Error(message), false);
        }
      },
      onError: listener.onProblem,
    });
  }

  async #url(path: string): Promise<string> {
    return `${await this.#discoveryApi.getBaseUrl('config-center')}${path}`;
  }

  async #get<T extends z.ZodType>(
    schema: T,
    path: string,
    values: Record<string, string | undefined>,
  ): Promise<z.infer<T>> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined) {
        query.set(name, value);
      }
    }
    const response = await this.#fetchApi.fetch(
      `${await this.#url(path)}?${query}`,
    );
    return this.#read(schema, response);
  }

  async #read<T extends z.ZodType>(
    schema: T,
    response: Response,
  ): Promise<z.infer<T>> {
    if (!response.ok) {
      throw await readResponseError(response);
    }
    return schema.parse(await response.json());
  }
}
