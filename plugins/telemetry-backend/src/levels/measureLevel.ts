import type {
  PrometheusClient,
  PrometheusSample,
} from '@orrery/backstage-plugin-orrery-node';
import {
  quotePromql,
  shareAbove,
  type DeclaredLevel,
  type LevelFacts,
} from '@orrery/backstage-plugin-telemetry-common';

const DAY_SECONDS = 86_400;
/** Of so many moments of the window, those with metrics are counted. */
const COVERAGE_POINTS = 120;

/** What is measured, and where. */
export type LevelQuestion = {
  client: PrometheusClient;
  service: { namespace: string; app: string };
  level: DeclaredLevel;
  /** Expression of the share of bad requests, where a rule records it. */
  badShareOf?: (window: string) => string;
  /** Milliseconds since the Unix epoch. */
  at: number;
  windows: readonly string[];
};

function selectorOf({ namespace, app }: LevelQuestion['service']): string {
  return [
    'reporter=~"destination|waypoint"',
    `destination_workload_namespace=${quotePromql(namespace)}`,
    `destination_canonical_service=${quotePromql(app)}`,
  ].join(',');
}

function onlyValue(samples: readonly PrometheusSample[]): number | undefined {
  const value = samples[0]?.value;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** Reads one window's share of bad requests, and whether it had to be estimated. */
async function badShare(
  question: LevelQuestion,
  window: string,
): Promise<{ share: number | undefined; isExact: boolean }> {
  const { client, service, level, at } = question;
  const selector = selectorOf(service);
  const ask = (promql: string) =>
    client.query(promql, { timeMilliseconds: at });
  if (question.badShareOf) {
    return {
      share: onlyValue(await ask(question.badShareOf(window))),
      isExact: true,
    };
  }
  if (level.thresholdMilliseconds === undefined) {
    const rate = (more: string) =>
      `sum(rate(istio_requests_total{${selector}${more}}[${window}]))`;
    const all = rate('');
    const failed = rate(',response_code=~"5..|0"');
    const promql = `(${failed} or ${all} * 0) / ${all}`;
    return { share: onlyValue(await ask(promql)), isExact: true };
  }
  const buckets = await ask(
    `sum by (le) (rate(istio_request_duration_milliseconds_bucket{${selector}}[${window}]))`,
  );
  const answer = shareAbove(
    buckets.map(({ metric, value }) => ({
      le: metric.le === '+Inf' ? Infinity : Number(metric.le),
      count: value,
    })),
    level.thresholdMilliseconds,
  );
  return { share: answer?.share, isExact: answer?.isExact ?? true };
}

/** How much of the window there are metrics of, 0..1. */
async function coverageOf(question: LevelQuestion): Promise<number> {
  const { client, service, level, at } = question;
  const seconds = level.windowDays * DAY_SECONDS;
  const stepSeconds = Math.floor(seconds / COVERAGE_POINTS);
  const series = await client.queryRange(
    `count(istio_requests_total{${selectorOf(service)}})`,
    {
      fromMilliseconds: at - (COVERAGE_POINTS - 1) * stepSeconds * 1000,
      toMilliseconds: at,
      stepSeconds,
    },
  );
  return Math.min(1, (series[0]?.points.length ?? 0) / COVERAGE_POINTS);
}

/**
 * Measures a level over the windows that burn rates need and over its own.
 *
 * @throws PrometheusError
 */
export async function measureLevel(
  question: LevelQuestion,
): Promise<LevelFacts> {
  const { level, windows } = question;
  const [shares, whole, coverage] = await Promise.all([
    Promise.all(windows.map(window => badShare(question, window))),
    badShare(question, `${level.windowDays}d`),
    coverageOf(question),
  ]);
  const isEstimated = [...shares, whole].some(({ isExact }) => !isExact);
  return {
    badShares: Object.fromEntries(
      windows.map((window, index) => [window, shares[index].share]),
    ),
    badShare: whole.share,
    coverage,
    ...(isEstimated && {
      reason: `${level.thresholdMilliseconds} ms is between two bounds of the histogram: the share is estimated`,
    }),
    ...(whole.share === undefined && {
      reason: 'No requests were counted in the window',
    }),
  };
}
