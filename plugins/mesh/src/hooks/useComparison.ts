import { useApi } from '@backstage/frontend-plugin-api';
import {
  compareGraphs,
  type Comparison,
  type MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import { useAsyncValue } from '@orrery/backstage-plugin-orrery-react';
import { useCallback, useDeferredValue, useMemo } from 'react';
import { meshApiRef, type GraphRequest } from '../api';

/** Another moment of the graph in view, and what differs. */
export type ComparisonState = {
  /** Undefined while nothing is compared, or the other moment is on its way. */
  comparison: Comparison | undefined;
  error: Error | undefined;
  loading: boolean;
};

/**
 * Compares the graph in view with another moment of the same question. The
 * earlier of the two is always the one before.
 */
export function useComparison(
  graph: MeshGraph | undefined,
  request: GraphRequest,
  compareMilliseconds: number | undefined,
): ComparisonState {
  const meshApi = useApi(meshApiRef);
  const key =
    compareMilliseconds === undefined
      ? undefined
      : JSON.stringify({
          ...request,
          at: new Date(compareMilliseconds).toISOString(),
        });
  const ask = useCallback(
    async () =>
      key === undefined ? undefined : meshApi.graph(JSON.parse(key)),
    [meshApi, key],
  );
  const { value, error, loading: isAsked } = useAsyncValue(ask);
  // Comparing thousands is work that can wait for what the reader does.
  const other = useDeferredValue(value);
  const loading = isAsked || other !== value;
  const comparison = useMemo(() => {
    if (!graph || !other || key === undefined) {
      return undefined;
    }
    return Date.parse(other.at) <= Date.parse(graph.at)
      ? compareGraphs(other, graph)
      : compareGraphs(graph, other);
  }, [graph, other, key]);
  return {
    comparison: loading ? undefined : comparison,
    error: key === undefined ? undefined : error,
    loading: key !== undefined && loading,
  };
}
