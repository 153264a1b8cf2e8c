import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  deliveryNumbersListSchema,
  imageListSchema,
  releaseDetailsSchema,
  releaseListSchema,
  workloadListSchema,
} from '@orrery/backstage-plugin-delivery-common';
import { readResponseError } from '@orrery/backstage-plugin-orrery-react';
import type { z } from 'zod';
import { queryOf } from './DeliveryClient';
import type {
  NumbersRequest,
  ReleaseRequest,
  ReleasesApi,
} from './ReleasesApi';

/**
 * Talks to the plugin `delivery` about releases.
 *
 * @public
 */
export class ReleasesClient implements ReleasesApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  releases(request: ReleaseRequest = {}) {
    return this.#request(releaseListSchema, `/releases?${queryOf(request)}`);
  }

  release(id: string) {
    return this.#request(
      releaseDetailsSchema,
      `/releases/${encodeURIComponent(id)}`,
    );
  }

  numbers(request: NumbersRequest) {
    return this.#request(
      deliveryNumbersListSchema,
      `/numbers?${queryOf(request)}`,
    );
  }

  images(workload: string) {
    return this.#request(imageListSchema, `/images?${queryOf({ workload })}`);
  }

  workloads(request: Pick<ReleaseRequest, 'cluster' | 'namespaces' | 'app'>) {
    return this.#request(workloadListSchema, `/workloads?${queryOf(request)}`);
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
