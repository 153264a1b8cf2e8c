import { useApi } from '@backstage/frontend-plugin-api';
import type {
  BuildDetails,
  BuildPlaceInput,
  BuildsResponse,
  ServicePlaceInput,
  SourceChanges,
  SourceResponse,
} from '@orrery/backstage-plugin-delivery-common';
import {
  useAsyncValue,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback, useEffect } from 'react';
import { buildsApiRef, type BuildsApi } from '../api';

/** What changes is told; this is for what was missed while a line was down. */
const BUILDS_REFRESH_MILLISECONDS = 30_000;
const STAGES_REFRESH_MILLISECONDS = 3_000;
const SOURCE_REFRESH_MILLISECONDS = 60_000;

/** Asks with a place that may be a new object on every render. */
function useAsked<T>(
  place: BuildPlaceInput | undefined,
  ask: (api: BuildsApi, place: BuildPlaceInput) => Promise<T>,
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

const askBuilds = (api: BuildsApi, place: BuildPlaceInput) => api.builds(place);
const askSource = (api: BuildsApi, place: ServicePlaceInput) =>
  api.source(place);

/** Queue and builds of a service, asked for again now and then. */
export function useBuilds(
  place: BuildPlaceInput | undefined,
): AsyncValue<BuildsResponse> {
  return useAsked(place, askBuilds, BUILDS_REFRESH_MILLISECONDS);
}

/** Tells whenever builds of a service changed or its source was pushed to. */
export function useBuildsChanges(
  place: ServicePlaceInput | undefined,
  onChange: () => void,
): void {
  const api = useApi(buildsApiRef);
  const text = place && JSON.stringify(place);
  useEffect(() => {
    if (text === undefined) {
      return undefined;
    }
    const abort = new AbortController();
    // What cannot be told is found out by asking now and then.
    const onProblem = () => undefined;
    api
      .followBuilds(JSON.parse(text), { onChange, onProblem }, abort.signal)
      .catch(onProblem);
    return () => abort.abort();
  }, [api, text, onChange]);
}

/** Tags, branches and open merge requests of a service. */
export function useSource(
  place: ServicePlaceInput | undefined,
): AsyncValue<SourceResponse> {
  return useAsked(place, askSource, SOURCE_REFRESH_MILLISECONDS);
}

/** One build with its stages; asked for again for as long as it runs. */
export function useBuildDetails(
  place: BuildPlaceInput,
  number: number,
  isRunning: boolean,
): AsyncValue<BuildDetails> {
  const ask = useCallback(
    (api: BuildsApi, asked: BuildPlaceInput) => api.build(asked, number),
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
