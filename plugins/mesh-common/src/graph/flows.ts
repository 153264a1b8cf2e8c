import { answerOf } from './answers';
import {
  destinationEndpoint,
  sourceEndpoint,
  type Endpoint,
} from './endpoints';
import { parseBound } from './histogram';
import type { ObjectIndex } from './objectIndex';
import { Report, type Reporter } from './report';
import type { GraphSeries, VectorSample } from './types';

/**
 * All traffic from one workload to another. Every proxy on the way reports
 * it, so the reports are kept apart until one of them is chosen.
 */
export type Flow = {
  source: Endpoint;
  destination: Endpoint;
  reports: Partial<Record<Reporter, Report>>;
  /** TCP as ztunnel counts it: the same bytes that HTTP may be counted from. */
  tunnel: Partial<Record<Reporter, Report>>;
};

function endpointKey(endpoint: Endpoint): string {
  return `${endpoint.kind} ${endpoint.cluster} ${endpoint.namespace ?? ''} ${
    endpoint.name
  }`;
}

function reporterOf(labels: Readonly<Record<string, string>>): Reporter {
  return labels.reporter === 'destination' || labels.reporter === 'waypoint'
    ? labels.reporter
    : 'source';
}

/** Groups vectors by the pair of workloads that they are about. */
export class FlowTable {
  readonly #flows = new Map<string, Flow>();
  readonly #byLabels = new Map<string, Flow>();
  readonly #bounds = new Set<number>();
  readonly #cluster: string;
  readonly #objects: ObjectIndex;

  constructor(cluster: string, objects: ObjectIndex) {
    this.#cluster = cluster;
    this.#objects = objects;
  }

  get flows(): Iterable<Flow> {
    return this.#flows.values();
  }

  /** Every histogram bound seen, ascending. */
  get bounds(): number[] {
    return [...this.#bounds].sort((left, right) => left - right);
  }

  add(series: GraphSeries): void {
    for (const sample of valid(series.requests)) {
      const { metric } = sample;
      const report = this.#report(metric, 'reports');
      report.addAnswer({ ...answerOf(metric), rate: sample.value });
      report.addPolicy(metric.connection_security_policy, sample.value);
    }
    this.#addTcp('sentBytes', series.tcpSent);
    this.#addTcp('receivedBytes', series.tcpReceived);
    this.#addTcp('connections', series.tcpConnections);
    this.#addDurations(series.durations);
  }

  #addTcp(
    metric: 'sentBytes' | 'receivedBytes' | 'connections',
    samples: readonly VectorSample[] | undefined,
  ): void {
    for (const { metric: labels, value } of valid(samples)) {
      const part = labels.app === 'ztunnel' ? 'tunnel' : 'reports';
      const report = this.#report(labels, part);
      report.addTcp(metric, value);
      if (metric === 'sentBytes') {
        report.addPolicy(labels.connection_security_policy, value);
      }
    }
  }

  #addDurations(samples: readonly VectorSample[] | undefined): void {
    for (const { metric, value } of valid(samples)) {
      const flow = this.#flow(metric);
      // The query has already chosen between reporters, in the order in which
      // rates are chosen, so the latency belongs to whichever report is shown.
      const report = chooseReport(flow)?.report;
      const bound = parseBound(metric.le);
      if (report && !Number.isNaN(bound)) {
        this.#bounds.add(bound);
        report.durations.set(bound, (report.durations.get(bound) ?? 0) + value);
      }
    }
  }

  #report(
    labels: Readonly<Record<string, string>>,
    part: 'reports' | 'tunnel',
  ): Report {
    const flow = this.#flow(labels);
    const reporter = reporterOf(labels);
    const report = flow[part][reporter] ?? new Report();
    flow[part][reporter] = report;
    const host = labels.destination_service;
    if (host && host !== 'unknown') {
      report.hosts.add(host);
    }
    return report;
  }

  /**
   * The flow of a row. Twenty rows and more are about one flow, so what their
   * labels mean is worked out once.
   */
  #flow(labels: Readonly<Record<string, string>>): Flow {
    const text = [
      labels.source_workload,
      labels.source_workload_namespace,
      labels.source_cluster,
      labels.destination_workload,
      labels.destination_workload_namespace,
      labels.destination_cluster,
      labels.destination_service,
      labels.destination_service_name,
      labels.destination_service_namespace,
    ].join('\n');
    const known = this.#byLabels.get(text);
    if (known) {
      return known;
    }
    const flow = this.#flowOfEndpoints(labels);
    this.#byLabels.set(text, flow);
    return flow;
  }

  #flowOfEndpoints(labels: Readonly<Record<string, string>>): Flow {
    const source = sourceEndpoint(labels, this.#cluster);
    const destination = destinationEndpoint(
      labels,
      this.#cluster,
      this.#objects,
    );
    const key = `${endpointKey(source)}>${endpointKey(destination)}`;
    const present = this.#flows.get(key);
    if (present) {
      return present;
    }
    const flow: Flow = { source, destination, reports: {}, tunnel: {} };
    this.#flows.set(key, flow);
    return flow;
  }
}

/** Counters that were reset or never sampled give NaN or negative rates: they say nothing. */
function* valid(
  samples: readonly VectorSample[] | undefined,
): Generator<VectorSample> {
  for (const sample of samples ?? []) {
    if (sample.value >= 0 && Number.isFinite(sample.value)) {
      yield sample;
    }
  }
}

/**
 * Picks the one report that stands for a flow, so that no request is counted
 * twice: the caller's (it includes what never arrived), else the waypoint's,
 * else the destination's. ztunnel's bytes count only where no proxy reported
 * requests, because they carry those very requests.
 */
export function chooseReport(
  flow: Flow,
): { reporter: Reporter; report: Report } | undefined {
  for (const part of [flow.reports, flow.tunnel]) {
    for (const reporter of ['source', 'waypoint', 'destination'] as const) {
      const report = part[reporter];
      if (report) {
        return { reporter, report };
      }
    }
  }
  return undefined;
}

/** The share of mutual TLS is known at the receiving end only. */
export function policyReport(flow: Flow): Report | undefined {
  return [
    flow.reports.destination,
    flow.reports.waypoint,
    flow.tunnel.destination,
    flow.tunnel.source,
  ].find(report => report !== undefined && report.policyKnown > 0);
}
