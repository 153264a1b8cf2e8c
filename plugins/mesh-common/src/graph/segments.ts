import type { MeshIndex } from './meshIndex';
import { choosePart, type Choice, type Flow, type ServiceKey } from './parts';
import {
  HIDDEN,
  operationIdentity,
  serviceIdentity,
  type NodeIdentity,
  type Projector,
} from './projection';
import { Report } from './report';
import type { GraphOptions } from './types';

/** A piece of a flow that lies on one edge. */
export type Segment = {
  source: NodeIdentity;
  target: NodeIdentity;
  flow: Flow;
  choice: Choice;
  /** To be added up. */
  reports: readonly Report[];
  /** Service that the reports are about; undefined means the whole flow. */
  service?: ServiceKey;
};

function callKey({ source }: Flow, service: ServiceKey): string {
  return `${source.cluster} ${source.namespace} ${source.name} ${service}`;
}

/** Calls, by caller and service, that a waypoint has reported as far as the callee. */
function callsOfWaypoints(flows: Iterable<Flow>): Set<string> {
  const calls = new Set<string>();
  for (const flow of flows) {
    for (const service of flow.parts.waypoint?.byService.keys() ?? []) {
      calls.add(callKey(flow, service));
    }
  }
  return calls;
}

/**
 * Whether a flow only leads to or from a waypoint, which tells of the same
 * requests as far as the callee: ztunnel's bytes, and what a sidecar or
 * gateway sent to the waypoint. Where the waypoint told nothing, the flow is
 * all that is known and stays.
 */
function isCarriage(
  flow: Flow,
  choice: Choice,
  index: MeshIndex,
  told: ReadonlySet<string>,
): boolean {
  const touches = [flow.source, flow.destination].some(
    end =>
      end.kind === 'workload' &&
      index.of(end.cluster).isWaypoint(end.namespace, end.name),
  );
  return (
    touches &&
    (choice.isTunnel ||
      [...choice.part.byService.keys()].every(service =>
        told.has(callKey(flow, service)),
      ))
  );
}

/** The chosen reports by service, with the latencies and volumes that belong to them. */
function chosenReports(flow: Flow, choice: Choice): Map<ServiceKey, Report[]> {
  const reports = new Map<ServiceKey, Report[]>();
  for (const [service, report] of choice.part.byService) {
    reports.set(service, [report]);
  }
  const [first] = reports.values();
  for (const [service, volume] of flow.parts.volume?.byService ?? []) {
    (reports.get(service) ?? first)?.push(volume);
  }
  return reports;
}

function sumOf(reports: Iterable<Report>): Report {
  const sum = new Report();
  for (const report of reports) {
    sum.merge(report);
  }
  return sum;
}

/** Cuts flows into the pieces that lie between the nodes of the graph asked for. */
export function* segmentsOf(
  flows: Iterable<Flow>,
  options: GraphOptions,
  projector: Projector,
  index: MeshIndex,
): Generator<Segment> {
  const all = [...flows];
  const told = callsOfWaypoints(all);
  for (const flow of all) {
    const choice = choosePart(flow);
    if (
      !choice ||
      !projector.viewer.seesFlow(flow.source, flow.destination) ||
      (!options.waypoints && isCarriage(flow, choice, index, told))
    ) {
      continue;
    }
    const source = projector.identityOf(flow.source);
    const target = projector.identityOf(flow.destination);
    const reports = chosenReports(flow, choice);
    const between = { flow, choice };
    if (
      options.serviceNodes &&
      target !== HIDDEN &&
      target.kind !== 'service' &&
      flow.destination.kind === 'workload'
    ) {
      for (const [service, own] of reports) {
        yield* throughService({
          source,
          target,
          reports: own,
          service,
          ...between,
        });
      }
    } else if (options.operationNodes && flow.operations && target !== HIDDEN) {
      yield* throughOperations(
        { source, target, reports: [...reports.values()].flat(), ...between },
        flow.operations,
      );
    } else {
      yield {
        source,
        target,
        reports: [...reports.values()].flat(),
        ...between,
      };
    }
  }
}

function* throughService(segment: Segment): Generator<Segment> {
  const { source, target, service } = segment;
  const [namespace, name] = service?.split('/') ?? [];
  if (!name || source === HIDDEN || namespace !== target.namespace) {
    yield segment;
    return;
  }
  const middle = serviceIdentity(target.cluster, namespace, name);
  yield { ...segment, target: middle };
  yield { ...segment, source: middle };
}

function* throughOperations(
  segment: Segment,
  operations: ReadonlyMap<string, Report>,
): Generator<Segment> {
  const { source, target, reports, flow, choice } = segment;
  const rest = sumOf(reports);
  for (const [name, asked] of operations) {
    const middle = operationIdentity(target, name);
    yield { ...segment, target: middle, reports: [asked] };
    yield { ...segment, source: middle, reports: [asked] };
    rest.removeAnswers(asked);
  }
  if (rest.answers.size > 0 || rest.hasTcp) {
    yield { source, target, reports: [rest], flow, choice };
  }
}
