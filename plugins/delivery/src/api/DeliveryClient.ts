import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  canaryAnswerSchema,
  canaryComparisonSchema,
  canaryHistorySchema,
  canaryListSchema,
  canaryLogsSchema,
  canaryStartsSchema,
} from '@orrery/backstage-plugin-delivery-common';
import {
  followStream,
  readResponseError,
} from '@orrery/backstage-plugin-orrery-react';
import { z } from 'zod';
import type { CanaryListener, CanaryRequest, DeliveryApi } from './DeliveryApi';

const problemSchema = z.object({ message: z.string() });

/** A query of what is known; what is not is left out. */
export function queryOf(
  values: Readonly<Record<string, unknown>>,
): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text !== undefined && text !== '') {
      query.set(name, String(text));
    }
  }
  return query;
}

const pathOf = (ref: string) => `/canaries/${encodeURIComponent(ref)}`;

/**
 * Talks to the plugin `delivery`.
 *
 * @public
 */
export class DeliveryClient implements DeliveryApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  canaries(request: CanaryRequest = {}) {
    return this.#request(canaryListSchema, `/canaries?${queryOf(request)}`);
  }

  canary(ref: string) {
    return this.#request(canaryAnswerSchema, pathOf(ref));
  }

  canaryStarts(workloads: readonly string[]) {
    return this.#request(
      canaryStartsSchema,
      `/canary-starts?${queryOf({ workloads })}`,
    );
  }

  async followCanary(
    ref: string,
    listener: CanaryListener,
    signal: AbortSignal,
  ) {
    const baseUrl = await this.#discoveryApi.getBaseUrl('delivery');
    await followStream({
      fetchApi: this.#fetchApi,
      url: `${baseUrl}${pathOf(ref)}/stream`,
      signal,
      onEvent: ({ event, data }) => {
        if (event === 'snapshot') {
          listener.onCanary(canaryAnswerSchema.parse(JSON.parse(data)));
        } else if (event === 'problem') {
          const { message } = problemSchema.parse(JSON.parse(data));
          listener.onProblem(new Error(message), false);
        }
      },
      onError: listener.onProblem,
    });
  }

  comparison(ref: string, duration: string) {
    return this.#request(
      canaryComparisonSchema,
      `${pathOf(ref)}/comparison?${queryOf({ duration })}`,
    );
  }

  history(ref: string, from: string, to: string) {
    return this.#request(
      canaryHistorySchema,
      `${pathOf(ref)}/history?${queryOf({ from, to })}`,
    );
  }

  canaryLogs(ref: string, side: 'stable' | 'canary', tailLines: number) {
    return this.#request(
      canaryLogsSchema,
      `${pathOf(ref)}/logs?${queryOf({ side, tailLines })}`,
    );
  }

  async #request<T extends z.ZodType>(
    schema: T,
    path: string,
  ): Promise<z.infer<T>> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('delivery');
    const response = await this.#fetchApi.fetch(`${baseUrl}${path}`);
    if (!response.ok) {
      throw await readResponseError(response);
    }
    return schema.parse(await response.json());
  }
}
