import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  buildDetailsSchema,
  buildLogPieceSchema,
  buildsChangeSchema,
  buildsResponseSchema,
  sourceChangesSchema,
  sourceResponseSchema,
  type BuildPlaceInput,
  type ServicePlaceInput,
} from '@orrery/backstage-plugin-delivery-common';
import {
  followStream,
  readResponseError,
} from '@orrery/backstage-plugin-orrery-react';
import { z } from 'zod';
import type { BuildLogListener, BuildsApi, BuildsListener } from './BuildsApi';
import { queryOf } from './DeliveryClient';

const problemSchema = z.object({ message: z.string() });

/**
 * Talks to the plugin `delivery` about builds and sources.
 *
 * @public
 */
export class BuildsClient implements BuildsApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  builds(place: BuildPlaceInput) {
    return this.#request(buildsResponseSchema, `/builds?${queryOf(place)}`);
  }

  build(place: BuildPlaceInput, number: number) {
    return this.#request(
      buildDetailsSchema,
      `/builds/${number}?${queryOf(place)}`,
    );
  }

  async followLog(
    place: BuildPlaceInput,
    number: number,
    listener: BuildLogListener,
    signal: AbortSignal,
  ) {
    const baseUrl = await this.#discoveryApi.getBaseUrl('delivery');
    const ended = new AbortController();
    // The id of each piece is where the next one begins, so a line that
    // broke goes on there and doubles nothing.
    await followStream({
      fetchApi: this.#fetchApi,
      url: `${baseUrl}/builds/${number}/log/stream?${queryOf(place)}`,
      signal: AbortSignal.any([signal, ended.signal]),
      onEvent: ({ event, data }) => {
        if (event === 'delta') {
          const piece = buildLogPieceSchema.parse(JSON.parse(data));
          listener.onPiece(piece);
          if (piece.isEnd) {
            ended.abort();
          }
        } else if (event === 'heartbeat') {
          listener.onPiece({ text: '', isEnd: false });
        } else if (event === 'problem') {
          const { message } = problemSchema.parse(JSON.parse(data));
          listener.onProblem(new Error(message), false);
        }
      },
      onError: listener.onProblem,
    });
  }

  async followBuilds(
    place: ServicePlaceInput,
    listener: BuildsListener,
    signal: AbortSignal,
  ) {
    const baseUrl = await this.#discoveryApi.getBaseUrl('delivery');
    await followStream({
      fetchApi: this.#fetchApi,
      url: `${baseUrl}/builds/stream?${queryOf(place)}`,
      signal,
      onEvent: ({ event, data }) => {
        if (event === 'delta') {
          listener.onChange(buildsChangeSchema.parse(JSON.parse(data)).what);
        }
      },
      onError: listener.onProblem,
    });
  }

  source(place: ServicePlaceInput) {
    return this.#request(sourceResponseSchema, `/source?${queryOf(place)}`);
  }

  changes(place: ServicePlaceInput, from: string, to: string) {
    return this.#request(
      sourceChangesSchema,
      `/source/changes?${queryOf({ ...place, from, to })}`,
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
