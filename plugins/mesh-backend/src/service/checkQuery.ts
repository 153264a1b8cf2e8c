import { NotFoundError } from '@backstage/errors';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type {
  ClusterConfig,
  OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import type { GraphQuery } from './types';

/** A moment may be this far ahead of our clock: clocks differ. */
const CLOCK_SKEW_MILLISECONDS = 5_000;
const SECONDS_PER_DAY = 86_400;

/**
 * The clusters that a query is about: the one it names, or all.
 *
 * @throws NotFoundError that lists the clusters there are.
 */
export function clustersOf(
  config: OrreryConfig,
  name: string | undefined,
): readonly ClusterConfig[] {
  const clusters =
    name === undefined
      ? config.clusters
      : config.clusters.filter(candidate => candidate.name === name);
  if (clusters.length === 0) {
    const names = config.clusters.map(candidate => candidate.name).join(', ');
    throw new NotFoundError(
      names === ''
        ? 'cluster: none is configured under orrery.clusters'
        : `cluster: expected one of ${names}, got ${JSON.stringify(name)}`,
    );
  }
  return clusters;
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
