import { isError } from '@backstage/errors';
import type { SourceStatus } from '@orrery/backstage-plugin-orrery-common';
import {
  TIMELINE_APP_LABELS,
  timelineQueries,
  type Sight,
  type Timeline,
} from '@orrery/backstage-plugin-mesh-common';
import type {
  ClusterConfig,
  PrometheusClient,
  PrometheusSeries,
} from '@orrery/backstage-plugin-orrery-node';
import { gridOf } from './readHistory';
import type { TimelineQuery } from './types';

const MILLISECONDS_PER_DAY = 86_400_000;
const DEFAULT_RETENTION_DAYS = 15;

type Column = (number | null)[];

/** Adds series to a column; what was measured nowhere stays a gap. */
function addSeries(
  column: Column,
  indexes: ReadonlyMap<number, number>,
  series: readonly PrometheusSeries[],
  isSeen: (metric: Record<string, string>) => boolean,
): void {
  for (const { metric, points } of series) {
    if (!isSeen(metric)) {
      continue;
    }
    for (const { timeMilliseconds, value } of points) {
      const index = indexes.get(Math.round(timeMilliseconds));
      if (index !== undefined && Number.isFinite(value)) {
        column[index] = (column[index] ?? 0) + value;
      }
    }
  }
}

function seenBy(sight: Sight | undefined, cluster: string) {
  return (metric: Record<string, string>): boolean => {
    const { namespace, app, cluster: at } = TIMELINE_APP_LABELS;
    const known = metric[at] && metric[at] !== 'unknown';
    return (
      !sight ||
      sight.sees({
        cluster: known ? metric[at] : cluster,
        namespace: metric[namespace] ?? '',
        app: metric[app] ?? '',
      })
    );
  };
}

/** Reads all traffic of some clusters as it changed. */
export async function readTimeline(options: {
  query: TimelineQuery;
  clusters: readonly ClusterConfig[];
  clients: ReadonlyMap<string, PrometheusClient>;
  sight: Sight | undefined;
  now: number;
}): Promise<Timeline> {
  const { query, clusters, clients, sight, now } = options;
  const { stepSeconds, timeMilliseconds } = gridOf(
    query.atMilliseconds ?? now,
    query.rangeSeconds,
  );
  const queries = timelineQueries({
    namespaces: [...new Set(query.namespaces)].sort(),
    windowSeconds: Math.max(60, stepSeconds * 2),
    byApp: sight !== undefined,
  });
  const range = {
    fromMilliseconds: timeMilliseconds[0],
    toMilliseconds: timeMilliseconds[timeMilliseconds.length - 1],
    stepSeconds,
  };
  const indexes = new Map(timeMilliseconds.map((time, index) => [time, index]));
  const requests: Column = timeMilliseconds.map(() => null);
  const errors: Column = timeMilliseconds.map(() => null);
  let knowsErrors = true;
  const asked = new Set<PrometheusClient>();
  const sources = await Promise.all(
    clusters.map(async ({ name }): Promise<SourceStatus | undefined> => {
      const client = clients.get(name);
      const source = clusters.length > 1 ? `${name} prometheus` : 'prometheus';
      if (!client) {
        return {
          name: source,
          state: 'absent',
          reason: `No Prometheus is configured for cluster ${name}`,
        };
      }
      if (asked.has(client)) {
        return undefined;
      }
      asked.add(client);
      const isSeen = seenBy(sight, name);
      try {
        const [some, failed] = await Promise.all([
          client.queryRange(queries.requests, range),
          client.queryRange(queries.errors, range),
        ]);
        addSeries(requests, indexes, some, isSeen);
        addSeries(errors, indexes, failed, isSeen);
        return {
          name: source,
          state: 'ok',
          asOf: new Date(range.toMilliseconds).toISOString(),
        };
      } catch (error) {
        knowsErrors = false;
        return {
          name: source,
          state: 'failed',
          reason: isError(error) ? error.message : String(error),
        };
      }
    }),
  );
  const retentionDays = Math.min(
    ...clusters.map(
      ({ prometheus }) => prometheus?.retentionDays ?? DEFAULT_RETENTION_DAYS,
    ),
  );
  return {
    stepSeconds,
    timeMilliseconds,
    requestsPerSecond: requests,
    // Where requests were measured and no series of failures exists, none failed.
    errorsPerSecond: errors.map((value, index) =>
      value === null && knowsErrors && requests[index] !== null ? 0 : value,
    ),
    earliestMilliseconds: now - retentionDays * MILLISECONDS_PER_DAY,
    sources: sources.filter(source => source !== undefined),
    warnings: [],
  };
}
