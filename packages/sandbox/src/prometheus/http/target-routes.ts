import type { ServerResponse } from 'node:http';
import type { Labels } from '../storage';
import { formatDuration } from '../promql/literals';
import { ApiError } from './api-error';
import { respondData } from './respond';

/** One endpoint that is said to be scraped. */
export interface TargetInfo {
  scrapePool: string;
  scrapeUrl: string;
  labels: Labels;
  discoveredLabels?: Labels;
  health: 'up' | 'down' | 'unknown';
  lastError?: string;
  lastScrapeMs: number;
  lastScrapeSeconds: number;
}

/** GET /api/v1/targets */
export function listTargets(
  targets: readonly TargetInfo[],
  scrapeIntervalMs: number,
  parameters: URLSearchParams,
  response: ServerResponse,
): void {
  const state = parameters.get('state') ?? 'any';
  if (!['any', 'active', 'dropped'].includes(state)) {
    throw new ApiError(
      'bad_data',
      `invalid parameter "state": expected any, active or dropped, got ${JSON.stringify(
        state,
      )}`,
    );
  }
  const pool = parameters.get('scrapePool');
  const interval = formatDuration(scrapeIntervalMs);
  const activeTargets = targets
    .filter(target => pool === null || target.scrapePool === pool)
    .map(target => ({
      discoveredLabels: target.discoveredLabels ?? {},
      labels: target.labels,
      scrapePool: target.scrapePool,
      scrapeUrl: target.scrapeUrl,
      globalUrl: target.scrapeUrl,
      lastError: target.lastError ?? '',
      lastScrape: new Date(target.lastScrapeMs).toISOString(),
      lastScrapeDuration: target.lastScrapeSeconds,
      health: target.health,
      scrapeInterval: interval,
      scrapeTimeout: interval,
    }));
  respondData(response, {
    activeTargets: state === 'dropped' ? [] : activeTargets,
    droppedTargets: [],
    droppedTargetCounts: {},
  });
}
