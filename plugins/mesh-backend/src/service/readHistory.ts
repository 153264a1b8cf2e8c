import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import {
  historyQueries,
  type GraphEdge,
  type GraphNode,
  type MeshGraph,
  type TrafficHistory,
} from '@orrery/backstage-plugin-mesh-common';
import type {
  PrometheusClient,
  PrometheusSeries,
} from '@orrery/backstage-plugin-orrery-node';
import { isError } from '@backstage/errors';

/** Points that a chart of a few hundred pixels can show. */
const POINTS = 120;
const MINIMUM_STEP_SECONDS = 15;

/** The reporter that most of the traffic in question was measured by. */
function mainReporter(edges: readonly GraphEdge[]): GraphEdge['reporter'] {
  const weights = new Map<GraphEdge['reporter'], number>();
  for (const { reporter, traffic } of edges) {
    const weight = traffic.requestsPerSecond ?? 0;
    weights.set(reporter, (weights.get(reporter) ?? 0) + weight);
  }
  const [main] = [...weights].sort((left, right) => right[1] - left[1]);
  return main?.[0] ?? 'destination';
}

/** The instants of a range that ends at a moment, all on one grid. */
export function gridOf(
  endMilliseconds: number,
  rangeSeconds: number,
): { stepSeconds: number; timeMilliseconds: number[] } {
  const stepSeconds = Math.max(
    MINIMUM_STEP_SECONDS,
    Math.ceil(rangeSeconds / POINTS),
  );
  const step = stepSeconds * 1000;
  const to = Math.floor(endMilliseconds / step) * step;
  const count = Math.max(1, Math.floor(rangeSeconds / stepSeconds));
  return {
    stepSeconds,
    timeMilliseconds: Array.from(
      { length: count + 1 },
      (_, index) => to - (count - index) * step,
    ),
  };
}

function column(
  series: readonly PrometheusSeries[] | undefined,
  times: readonly number[],
): (number | null)[] {
  const points = new Map(
    (series?.[0]?.points ?? []).map(point => [
      Math.round(point.timeMilliseconds),
      point.value,
    ]),
  );
  return times.map(time => {
    const value = points.get(time);
    return value === undefined || !Number.isFinite(value) ? null : value;
  });
}

/** Reads how the traffic into a node, or over one edge, has changed. */
export async function readHistory(options: {
  graph: MeshGraph;
  target: GraphNode;
  source?: GraphNode;
  rangeSeconds: number;
  clientOf: (cluster: string) => PrometheusClient | undefined;
}): Promise<TrafficHistory> {
  const { graph, target, source, rangeSeconds } = options;
  const { stepSeconds, timeMilliseconds } = gridOf(
    Date.parse(graph.at),
    rangeSeconds,
  );
  const edges = graph.edges.filter(
    edge =>
      edge.target === target.id &&
      (source === undefined || edge.source === source.id),
  );
  const reporter = mainReporter(edges);
  // Each side's proxies are scraped by the Prometheus of their own cluster.
  const client =
    options.clientOf(
      (reporter === 'source' ? source : target)?.cluster ?? target.cluster,
    ) ?? options.clientOf(graph.cluster);
  const queries = historyQueries({
    target,
    source,
    reporter,
    // A rate needs several samples; a step shorter than that would be noise.
    windowSeconds: Math.max(60, stepSeconds * 2),
  });
  const range = {
    fromMilliseconds: timeMilliseconds[0],
    toMilliseconds: timeMilliseconds[timeMilliseconds.length - 1],
    stepSeconds,
  };
  const results = await Promise.allSettled(
    [queries.requests, queries.errors, queries.p95].map(query =>
      client
        ? client.queryRange(query, range)
        : Promise.reject(new Error('No Prometheus is configured')),
    ),
  );
  const [requests, errors, p95] = results.map(result =>
    column(
      result.status === 'fulfilled' ? result.value : undefined,
      timeMilliseconds,
    ),
  );
  const failed = results.find(result => result.status === 'rejected');
  const prometheus: SourceStatus = failed
    ? {
        name: 'prometheus',
        state: client ? 'failed' : 'absent',
        reason: isError(failed.reason) ? failed.reason.message : 'no answer',
      }
    : { name: 'prometheus', state: 'ok', asOf: graph.at };
  const errorsKnown = results[1].status === 'fulfilled';
  return {
    stepSeconds,
    queries,
    timeMilliseconds,
    requestsPerSecond: requests,
    // Where requests were measured and no series of failures exists, none failed.
    errorsPerSecond: errors.map((value, index) =>
      value === null && errorsKnown && requests[index] !== null ? 0 : value,
    ),
    p95Milliseconds: p95,
    sources: [prometheus],
    warnings: [],
  };
}
