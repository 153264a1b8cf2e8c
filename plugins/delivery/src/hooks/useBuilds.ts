import { useApi } from '@backstage/frontend-plugin-api';
import type {
  BuildDetails,
  BuildsResponse,
  ServicePlaceInput,
  SourceChanges,
  SourceResponse,
} from '@orrery/backstage-plugin-delivery-common';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { buildsApiRef, type BuildsApi } from '../api';

const BUILDS_REFRESH_MILLISECONDS = 5_000;
const STAGES_REFRESH_MILLISECONDS = 3_000;
const SOURCE_REFRESH_MILLISECONDS = 60_000;

/** Asks with a place that may be a new object on every render. */
function useAsked<T>(
  place: ServicePlaceInput | undefined,
  ask: (api: BuildsApi, place: ServicePlaceInput) => Promise<T>,
  refreshMilliseconds?: number,
): AsyncValue<T> {
  const api = useApi(buildsApiRef);
  const text = place && JSON.stringify(place);
  const asked = useCallback(
    () =>
      // Until a place is known the question is not put, nor answered.
      text === undefined
        ? new Promise<T>(() => undefined)
        : ask(api, JSON.parse(text)),
    [api, ask, text],
  );
  return useAsyncValue(asked, refreshMilliseconds);
}

const askBuilds = (api: BuildsApi, place: ServicePlaceInput) =>
  api.builds(place);
const askSource = (api: BuildsApi, place: ServicePlaceInput) =>
  api.source(place);

/** Queue and builds of a service, asked for again every few seconds. */
export function useBuilds(
  place: ServicePlaceInput | undefined,
): AsyncValue<BuildsResponse> {
  return useAsked(place, askBuilds, BUILDS_REFRESH_MILLISECONDS);
}

/** Tags, branches and open merge requests of a service. */
export function useSource(
  place: ServicePlaceInput | undefined,
): AsyncValue<SourceResponse> {
  return useAsked(place, askSource, SOURCE_REFRESH_MILLISECONDS);
}

/** One build with its stages; asked for again for as long as it runs. */
export function useBuildDetails(
  place: ServicePlaceInput,
  number: number,
  isRunning: boolean,
): AsyncValue<BuildDetails> {
  const ask = useCallback(
    (api: BuildsApi, asked: ServicePlaceInput) => api.build(asked, number),
    [number],
  );
  return useAsked(
    place,
    ask,
    isRunning ? STAGES_REFRESH_MILLISECONDS : undefined,
  );
}

/** What came between two revisions. */
export function useSourceChanges(
  place: ServicePlaceInput,
  from: string,
  to: string,
): AsyncValue<SourceChanges> {
  const ask = useCallback(
    (api: BuildsApi, asked: ServicePlaceInput) => api.changes(asked, from, to),
    [from, to],
  );
  return useAsked(place, ask);
}
