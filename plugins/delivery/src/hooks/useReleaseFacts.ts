import { useApi } from '@backstage/frontend-plugin-api';
import type {
  DeliveryNumbersList,
  ImageList,
  ReleaseDetails,
  ReleaseList,
  WorkloadList,
} from '@orrery/backstage-plugin-delivery-common';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import {
  releasesApiRef,
  type NumbersRequest,
  type ReleaseRequest,
  type ReleasesApi,
} from '../api';

const REFRESH_MILLISECONDS = 15_000;

/** Asks with a request that may be a new object on every render. */
function useAsked<R extends object, T>(
  request: R,
  ask: (api: ReleasesApi, request: R) => Promise<T>,
  refreshMilliseconds?: number,
): AsyncValue<T> {
  const api = useApi(releasesApiRef);
  const text = JSON.stringify(request);
  const asked = useCallback(() => ask(api, JSON.parse(text)), [api, ask, text]);
  return useAsyncValue(asked, refreshMilliseconds);
}

const askReleases = (api: ReleasesApi, request: ReleaseRequest) =>
  api.releases(request);
const askNumbers = (api: ReleasesApi, request: NumbersRequest) =>
  api.numbers(request);
const askWorkloads = (
  api: ReleasesApi,
  request: Parameters<ReleasesApi['workloads']>[0],
) => api.workloads(request);
const askRelease = (api: ReleasesApi, { id }: { id: string }) =>
  api.release(id);
const askImages = (api: ReleasesApi, { workload }: { workload: string }) =>
  api.images(workload);

/** Releases, the newest first, asked for again now and then. */
export function useReleases(request: ReleaseRequest): AsyncValue<ReleaseList> {
  return useAsked(request, askReleases, REFRESH_MILLISECONDS);
}

/** One release with what it changed. */
export function useReleaseDetails(id: string): AsyncValue<ReleaseDetails> {
  return useAsked({ id }, askRelease);
}

/** The four numbers of delivery. */
export function useNumbers(
  request: NumbersRequest,
): AsyncValue<DeliveryNumbersList> {
  return useAsked(request, askNumbers);
}

/** Tags that a workload could run. */
export function useImageTags(workload: string): AsyncValue<ImageList> {
  return useAsked({ workload }, askImages);
}

/** The workloads of an app in all its environments. */
export function useReleaseWorkloads(
  request: Parameters<ReleasesApi['workloads']>[0],
): AsyncValue<WorkloadList> {
  return useAsked(request, askWorkloads, REFRESH_MILLISECONDS);
}
