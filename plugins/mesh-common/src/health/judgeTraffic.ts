import type { Health } from '@orrery/backstage-plugin-orrery-common';
import type { GraphResponse, Traffic } from '../schema/graph';

/**
 * How much of what may fail before it counts, in percent of requests. The
 * first limit makes traffic degraded when exceeded, the second failing when reached.
 *
 * @public
 */
export type Tolerance = {
  protocol: 'http' | 'grpc';
  /** Codes it is about, and what to call them. */
  codes: RegExp;
  what: string;
  degradedAbove: number;
  failingFrom: number;
};

/**
 * Kiali's default tolerances (`AddHealthDefault`), so that people who come
 * from it read the same words for the same traffic.
 *
 * @public
 */
export const DEFAULT_TOLERANCES: readonly Tolerance[] = [
  {
    protocol: 'http',
    codes: /^5\d\d$/,
    what: 'answer 5xx',
    degradedAbove: 0,
    failingFrom: 10,
  },
  {
    protocol: 'http',
    codes: /^4\d\d$/,
    what: 'answer 4xx',
    degradedAbove: 10,
    failingFrom: 20,
  },
  {
    protocol: 'grpc',
    codes: /^([1-9]|1[0-6])$/,
    what: 'end with a gRPC error',
    degradedAbove: 0,
    failingFrom: 10,
  },
  {
    protocol: 'http',
    codes: /^-$/,
    what: 'get no response',
    degradedAbove: 0,
    failingFrom: 10,
  },
  {
    protocol: 'grpc',
    codes: /^(-|5\d\d)$/,
    what: 'get no response',
    degradedAbove: 0,
    failingFrom: 10,
  },
];

/** Below this share of requests a finding is rounding noise of a rate, not a failure. */
const NOISE_PERCENT = 1e-6;

function formatPercent(percent: number): string {
  return `${percent < 0.1 ? '< 0.1' : percent.toFixed(1)} %`;
}

function topCodes(responses: readonly GraphResponse[]): string {
  const codes = [...responses]
    .sort((left, right) => right.requestsPerSecond - left.requestsPerSecond)
    .map(({ code, flags }) => (flags === '-' ? code : `${code} ${flags}`));
  return [...new Set(codes)].slice(0, 2).join(', ');
}

function judgeTolerance(
  traffic: Traffic,
  tolerance: Tolerance,
): Health | undefined {
  const ofProtocol = traffic.responses.filter(
    response => response.protocol === tolerance.protocol,
  );
  const total = ofProtocol.reduce(
    (sum, response) => sum + response.requestsPerSecond,
    0,
  );
  const hits = ofProtocol.filter(response =>
    tolerance.codes.test(response.code),
  );
  const rate = hits.reduce(
    (sum, response) => sum + response.requestsPerSecond,
    0,
  );
  const percent = total > 0 ? (rate / total) * 100 : 0;
  if (percent <= Math.max(tolerance.degradedAbove, NOISE_PERCENT)) {
    return undefined;
  }
  const failing = percent >= tolerance.failingFrom;
  const limit = failing
    ? `failing from ${tolerance.failingFrom} %`
    : `degraded above ${tolerance.degradedAbove} %`;
  return {
    state: failing ? 'failing' : 'degraded',
    reasons: [
      `${formatPercent(percent)} of ${
        tolerance.protocol === 'grpc' ? 'gRPC calls' : 'requests'
      } ${tolerance.what} (${topCodes(hits)}; ${limit})`,
    ],
  };
}

/**
 * Judges traffic by its answers. TCP has no answers, so it is healthy while
 * bytes flow and nothing else is known about it.
 *
 * @returns undefined when there was no traffic to judge
 * @public
 */
export function judgeTraffic(
  traffic: Traffic,
  tolerances: readonly Tolerance[] = DEFAULT_TOLERANCES,
): Health | undefined {
  if (traffic.protocols.length === 0) {
    return undefined;
  }
  const findings = tolerances.flatMap(
    tolerance => judgeTolerance(traffic, tolerance) ?? [],
  );
  const failing = findings.filter(finding => finding.state === 'failing');
  const weightiest = failing.length > 0 ? failing : findings;
  return weightiest.length > 0
    ? {
        state: weightiest[0].state,
        reasons: weightiest.flatMap(finding => finding.reasons),
      }
    : { state: 'healthy', reasons: [] };
}
