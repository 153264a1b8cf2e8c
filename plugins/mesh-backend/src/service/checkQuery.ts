import { NotFoundError } from '@backstage/errors';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type {
  ClusterConfig,
  OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import type { GraphQuery } from './types';

/** A query whose cluster is one that is configured. */
export type CheckedQuery = GraphQuery & { cluster: string };

/** A moment may be this far ahead of our clock: clocks differ. */
const CLOCK_SKEW_MILLISECONDS = 5_000;
const SECONDS_PER_DAY = 86_400;

/**
 * The cluster that a query is about.
 *
 * @throws NotFoundError that lists the clusters there are.
 */
export function clusterOf(
  config: OrreryConfig,
  name: string | undefined,
): ClusterConfig {
  const cluster =
    name === undefined
      ? config.clusters[0]
      : config.clusters.find(candidate => candidate.name === name);
  if (!cluster) {
    const names = config.clusters.map(candidate => candidate.name).join(', ');
    throw new NotFoundError(
      names === ''
        ? 'cluster: none is configured under orrery.clusters'
        : `cluster: expected one of ${names}, got ${JSON.stringify(name)}`,
    );
  }
  return cluster;
}

/**
 * Refuses a history longer than samples are kept.
 *
 * @throws InvalidValueError naming `range`.
 */
export function checkRange(cluster: ClusterConfig, rangeSeconds: number): void {
  const days = cluster.prometheus?.retentionDays;
  if (days && rangeSeconds > days * SECONDS_PER_DAY) {
    throw new InvalidValueError(
      'range',
      `at most ${days} d, for which samples are kept`,
      `${rangeSeconds}s`,
    );
  }
}

/**
 * Refuses windows and moments that Prometheus cannot have samples of.
 *
 * @throws InvalidValueError naming `duration` or `at`.
 */
export function checkMoment(
  cluster: ClusterConfig,
  query: Pick<GraphQuery, 'windowSeconds' | 'atMilliseconds'>,
  now: number,
): void {
  const days = cluster.prometheus?.retentionDays;
  const retention = days && days * SECONDS_PER_DAY;
  const { windowSeconds, atMilliseconds = now } = query;
  if (retention && windowSeconds > retention) {
    throw new InvalidValueError(
      'duration',
      `at most ${days} d, for which samples are kept`,
      `${windowSeconds}s`,
    );
  }
  const shown = () => new Date(atMilliseconds).toISOString();
  if (atMilliseconds > now + CLOCK_SKEW_MILLISECONDS) {
    throw new InvalidValueError('at', 'a moment that has passed', shown());
  }
  if (retention && atMilliseconds < now - retention * 1000) {
    throw new InvalidValueError(
      'at',
      `a moment within the last ${days} d, for which samples are kept`,
      shown(),
    );
  }
}
