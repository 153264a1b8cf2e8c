import type { Endpoint } from './endpoints';
import { Report, type Reporter } from './report';

/**
 * What can be said about a flow, apart: by each reporter, by ztunnel at each
 * end (the same bytes that requests may be counted from), and what queries
 * tell that have already chosen a reporter.
 */
export type PartName =
  | Reporter
  | 'tunnelSource'
  | 'tunnelDestination'
  | 'volume'
  | 'operations';

/** Which service was asked for; empty where telemetry does not say. */
export type ServiceKey = string;

/** One part of a flow as one Prometheus has it. */
export type Part = {
  /** Cluster whose Prometheus it comes from. */
  origin: string;
  /** 1 when that cluster's proxies wrote it, 0 when it is a copy. */
  rank: number;
  byService: Map<ServiceKey, Report>;
};

/** All traffic from one workload to another. */
export type Flow = {
  source: Endpoint;
  destination: Endpoint;
  parts: Partial<Record<PartName, Part>>;
  /** What was asked for, where an aggregating label says so. */
  operations?: Map<string, Report>;
  principals?: { source: Set<string>; destination: Set<string> };
};

/** The cluster whose proxies write a part of a flow. */
function writerOf(flow: Flow, name: PartName): string {
  return name === 'destination' ||
    name === 'waypoint' ||
    name === 'tunnelDestination'
    ? flow.destination.cluster
    : flow.source.cluster;
}

/**
 * The part that a sample from `origin` belongs to, or undefined when another
 * Prometheus knows better: when several hold copies of the same series, the
 * one in the writer's own cluster counts, else the first.
 */
export function claimPart(
  flow: Flow,
  name: PartName,
  origin: string,
): Part | undefined {
  const rank = writerOf(flow, name) === origin ? 1 : 0;
  const present = flow.parts[name];
  if (present && present.origin === origin) {
    return present;
  }
  if (present && present.rank >= rank) {
    return undefined;
  }
  const part: Part = { origin, rank, byService: new Map() };
  flow.parts[name] = part;
  return part;
}

/** The report of a part about one service. */
export function reportOf(part: Part, service: ServiceKey): Report {
  let report = part.byService.get(service);
  if (!report) {
    report = new Report();
    part.byService.set(service, report);
  }
  return report;
}

/** Everything that a part says, whatever service was asked for. */
export function wholeOf(part: Part): Report {
  const reports = [...part.byService.values()];
  if (reports.length === 1) {
    return reports[0];
  }
  const whole = new Report();
  for (const report of reports) {
    whole.merge(report);
  }
  return whole;
}

/** The part that stands for a flow. */
export type Choice = { reporter: Reporter; isTunnel: boolean; part: Part };

const ORDER = [
  ['source', 'source'],
  ['waypoint', 'waypoint'],
  ['destination', 'destination'],
  ['tunnelSource', 'source'],
  ['tunnelDestination', 'destination'],
] as const;

/**
 * Picks the one report that stands for a flow, so that no request is counted
 * twice: the caller's (it includes what never arrived), else the waypoint's,
 * else the destination's. ztunnel's bytes count only where no proxy reported
 * requests, because they carry those very requests.
 */
export function choosePart(flow: Flow): Choice | undefined {
  for (const [name, reporter] of ORDER) {
    const part = flow.parts[name];
    if (part) {
      return { reporter, isTunnel: name.startsWith('tunnel'), part };
    }
  }
  return undefined;
}

/** The share of mutual TLS is known at the receiving end only. */
export function policyPart(flow: Flow): Part | undefined {
  return (
    ['destination', 'waypoint', 'tunnelDestination', 'tunnelSource'] as const
  )
    .map(name => flow.parts[name])
    .find(part => part !== undefined && wholeOf(part).knowsPolicy);
}
