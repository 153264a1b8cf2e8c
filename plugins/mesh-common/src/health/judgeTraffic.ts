import type { Health } from '@orrery/backstage-plugin-orrery-common';
import type { GraphResponse, Traffic } from '../schema/graph';
import { DEFAULT_TOLERANCES, type Tolerance } from './tolerances';

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

const PROTOCOLS = ['http', 'grpc'] as const;

/** One protocol by one tolerance: shares are of the requests of that protocol. */
function judgeTolerance(
  traffic: Traffic,
  protocol: (typeof PROTOCOLS)[number],
  tolerance: Tolerance,
): Health | undefined {
  if (!tolerance.protocol.test(protocol)) {
    return undefined;
  }
  const ofProtocol = traffic.responses.filter(
    response => response.protocol === protocol,
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
  if (percent <= NOISE_PERCENT || percent < tolerance.degradedFrom) {
    return undefined;
  }
  const failing = percent >= tolerance.failingFrom;
  const limit = failing
    ? `failing from ${tolerance.failingFrom} %`
    : `degraded ${tolerance.degradedFrom > 0 ? 'from' : 'above'} ${
        tolerance.degradedFrom
      } %`;
  return {
    state: failing ? 'failing' : 'degraded',
    reasons: [
      `${formatPercent(percent)} of ${
        protocol === 'grpc' ? 'gRPC calls' : 'requests'
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
  const protocols = PROTOCOLS.filter(protocol =>
    traffic.protocols.includes(protocol),
  );
  const findings = tolerances.flatMap(tolerance =>
    protocols.flatMap(
      protocol => judgeTolerance(traffic, protocol, tolerance) ?? [],
    ),
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
