import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  imageListSchema,
  podLogDeltaSchema,
  podLogSchema,
  workloadDetailsSchema,
  workloadGitSchema,
  workloadListSchema,
} from '@orrery/backstage-plugin-delivery-common';
import {
  followStream,
  readResponseError,
} from '@orrery/backstage-plugin-orrery-react';
import { z } from 'zod';
import { queryOf } from './DeliveryClient';
import type {
  PodLogListener,
  PodLogRequest,
  WorkloadsApi,
  WorkloadsRequest,
} from './WorkloadsApi';

const problemSchema = z.object({ message: z.string() });

/**
 * Talks to the plugin `delivery` about workloads.
 *
 * @public
 */
export class WorkloadsClient implements WorkloadsApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  workloads(request: WorkloadsRequest = {}) {
    return this.#request(workloadListSchema, `/workloads?${queryOf(request)}`);
  }

  workload(ref: string) {
    return this.#request(
      workloadDetailsSchema,
      `/workloads/${encodeURIComponent(ref)}`,
    );
  }

  git(workload: string) {
    return this.#request(
      workloadGitSchema,
      `/workloads/${encodeURIComponent(workload)}/git`,
    );
  }

  images(workload: string, container?: string) {
    return this.#request(
      imageListSchema,
      `/images?${queryOf({ workload, container })}`,
    );
  }

  podLog(pod: string, request: PodLogRequest = {}) {
    return this.#request(podLogSchema, logPath(pod, '', request));
  }

  async followPodLog(
    pod: string,
    request: Omit<PodLogRequest, 'previous'>,
    listener: PodLogListener,
    signal: AbortSignal,
  ) {
    const baseUrl = await this.#discoveryApi.getBaseUrl('delivery');
    const ended = new AbortController();
    await followStream({
      fetchApi: this.#fetchApi,
      url: `${baseUrl}${logPath(pod, '/stream', request)}`,
      signal: AbortSignal.any([signal, ended.signal]),
      onEvent: ({ event, data }) => {
        if (event === 'delta') {
          const delta = podLogDeltaSchema.parse(JSON.parse(data));
          listener.onLines(delta);
          if (delta.end) {
            ended.abort();
          }
        } else if (event === 'heartbeat') {
          // A silent log is live too.
          listener.onLines({ lines: [], skipped: 0 });
        } else if (event === 'problem') {
          const { message } = problemSchema.parse(JSON.parse(data));
          listener.onProblem(new Error(message), false);
        }
      },
      onError: listener.onProblem,
    });
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

function logPath(pod: string, end: string, request: PodLogRequest): string {
  return `/pods/${encodeURIComponent(pod)}/log${end}?${queryOf(request)}`;
}
