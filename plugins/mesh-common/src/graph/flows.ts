import { answerOf } from './answers';
import {
  destinationEndpoint,
  sourceEndpoint,
  type Endpoint,
} from './endpoints';
import { parseBound } from './histogram';
import type { MeshIndex } from './meshIndex';
import { claimPart, reportOf, type Flow, type PartName } from './parts';
import { FIGURES, Report, type Figure } from './report';
import type { GraphSeries, VectorSample } from './types';

type Labels = Readonly<Record<string, string>>;

/** One row of a vector: the flow it is about, and the service asked for. */
type Row = { flow: Flow; service: string };

function endpointKey(endpoint: Endpoint): string {
  return `${endpoint.kind} ${endpoint.cluster} ${endpoint.namespace ?? ''} ${
    endpoint.name
  }`;
}

function partOf(labels: Labels): PartName {
  const isTunnel = labels.app === 'ztunnel';
  if (labels.reporter === 'waypoint') {
    return 'waypoint';
  }
  if (labels.reporter === 'destination') {
    return isTunnel ? 'tunnelDestination' : 'destination';
  }
  return isTunnel ? 'tunnelSource' : 'source';
}

/** Groups vectors by the pair of workloads that they are about. */
export class FlowTable {
  readonly #flows = new Map<string, Flow>();
  readonly #byLabels = new Map<string, Row>();
  /** The row before: a histogram's buckets come one after the other. */
  #last: { labels: Labels; origin: string; row: Row } | undefined;
  readonly #bounds = new Set<number>();
  readonly #index: MeshIndex;

  constructor(index: MeshIndex) {
    this.#index = index;
  }

  get flows(): Iterable<Flow> {
    return this.#flows.values();
  }

  /** Every histogram bound seen, ascending. */
  get bounds(): number[] {
    return [...this.#bounds].sort((left, right) => left - right);
  }

  /** @param origin - the cluster whose Prometheus answered */
  add(series: GraphSeries, origin: string): void {
    for (const { metric, value } of valid(series.requests)) {
      const report = this.#report(metric, origin, partOf(metric));
      report?.addAnswer({ ...answerOf(metric), rate: value });
      report?.addPolicy('request', metric.connection_security_policy, value);
    }
    // Istio counts from the callee's side: what it sent, the caller received.
    this.#addTcp('receivedBytes', series.tcpSent, origin);
    this.#addTcp('sentBytes', series.tcpReceived, origin);
    this.#addTcp('connections', series.tcpConnections, origin);
    this.#addDurations(series.durations, origin);
    this.#addVolume(series.volume, origin);
    this.#addPrincipals(series.principals, origin);
    this.#addOperations(series.operations, origin);
  }

  #addTcp(
    figure: 'sentBytes' | 'receivedBytes' | 'connections',
    samples: readonly VectorSample[] | undefined,
    origin: string,
  ): void {
    for (const { metric, value } of valid(samples)) {
      const report = this.#report(metric, origin, partOf(metric));
      report?.addFigure(figure, value);
      if (figure !== 'connections') {
        report?.addPolicy('byte', metric.connection_security_policy, value);
      }
    }
  }

  #addDurations(
    samples: readonly VectorSample[] | undefined,
    origin: string,
  ): void {
    for (const { metric, value } of valid(samples)) {
      const bound = parseBound(metric.le);
      if (Number.isNaN(bound)) {
        continue;
      }
      const report = this.#report(metric, origin, 'volume');
      if (report) {
        this.#bounds.add(bound);
        report.addDuration(bound, value);
      }
    }
  }

  #addVolume(
    samples: readonly VectorSample[] | undefined,
    origin: string,
  ): void {
    for (const { metric, value } of valid(samples)) {
      const figure = FIGURES.find(name => name === metric.figure);
      if (figure) {
        this.#report(metric, origin, 'volume')?.addFigure(
          figure satisfies Figure,
          value,
        );
      }
    }
  }

  #addPrincipals(
    samples: readonly VectorSample[] | undefined,
    origin: string,
  ): void {
    for (const { metric } of valid(samples)) {
      const { flow } = this.#row(metric, origin);
      flow.principals ??= { source: new Set(), destination: new Set() };
      for (const side of ['source', 'destination'] as const) {
        const principal = metric[`${side}_principal`];
        if (principal && principal !== 'unknown') {
          flow.principals[side].add(principal);
        }
      }
    }
  }

  #addOperations(
    samples: readonly VectorSample[] | undefined,
    origin: string,
  ): void {
    for (const { metric, value } of valid(samples)) {
      const { flow } = this.#row(metric, origin);
      // Claimed only to keep copies of another Prometheus out.
      const name = metric.request_operation;
      if (name && claimPart(flow, 'operations', origin)) {
        flow.operations ??= new Map();
        const report = flow.operations.get(name) ?? new Report();
        flow.operations.set(name, report);
        report.addAnswer({ ...answerOf(metric), rate: value });
      }
    }
  }

  #report(labels: Labels, origin: string, name: PartName): Report | undefined {
    const { flow, service } = this.#row(labels, origin);
    const part = claimPart(flow, name, origin);
    if (!part) {
      return undefined;
    }
    const report = reportOf(part, service);
    const host = labels.destination_service;
    if (host && host !== 'unknown' && name !== 'volume') {
      report.addHost(host);
    }
    return report;
  }

  /**
   * The flow of a row. Twenty rows and more are about one flow, so what their
   * labels mean is worked out once.
   */
  #row(labels: Labels, origin: string): Row {
    const last = this.#last;
    if (last && last.origin === origin && isSamePair(last.labels, labels)) {
      return last.row;
    }
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
      origin,
    ].join('\n');
    let row = this.#byLabels.get(text);
    if (!row) {
      row = { flow: this.#flow(labels, origin), service: serviceKey(labels) };
      this.#byLabels.set(text, row);
    }
    this.#last = { labels, origin, row };
    return row;
  }

  #flow(labels: Labels, origin: string): Flow {
    const source = sourceEndpoint(labels, origin);
    const destination = destinationEndpoint(
      labels,
      source,
      origin,
      this.#index,
    );
    const key = `${endpointKey(source)}\n${endpointKey(destination)}`;
    const present = this.#flows.get(key);
    if (present) {
      // Rows for latency leave out app and version; others bring them.
      present.source.app ??= source.app;
      present.source.version ??= source.version;
      present.destination.app ??= destination.app;
      present.destination.version ??= destination.version;
      return present;
    }
    const flow: Flow = { source, destination, parts: {} };
    this.#flows.set(key, flow);
    return flow;
  }
}

/** Whether two rows are about the same pair and service. */
function isSamePair(left: Labels, right: Labels): boolean {
  return (
    left.source_workload === right.source_workload &&
    left.destination_workload === right.destination_workload &&
    left.destination_service_name === right.destination_service_name &&
    left.destination_service === right.destination_service &&
    left.source_workload_namespace === right.source_workload_namespace &&
    left.destination_workload_namespace ===
      right.destination_workload_namespace &&
    left.destination_service_namespace ===
      right.destination_service_namespace &&
    left.source_cluster === right.source_cluster &&
    left.destination_cluster === right.destination_cluster
  );
}

/** `namespace/name` of the service that was asked for; empty where it has none. */
function serviceKey(labels: Labels): string {
  const { destination_service_name: name, destination_service_namespace: at } =
    labels;
  return name && name !== 'unknown' && at && at !== 'unknown'
    ? `${at}/${name}`
    : '';
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
