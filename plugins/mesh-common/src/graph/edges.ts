import {
  worstHealth,
  type Health,
} from '@orrery/backstage-plugin-orrery-common';
import { judgeTraffic, tolerancesOf } from '../health';
import type { GraphEdge, Operation } from '../schema/graph';
import { policyPart, reportOf, wholeOf, type Flow } from './parts';
import { HIDDEN, type NodeIdentity, type Viewer } from './projection';
import { Report, trafficOf, type Reporter } from './report';
import type { Segment } from './segments';

type Traffic = ReturnType<typeof trafficOf>;

/** What a node's annotation tolerates; absent means the defaults. */
export type RateOf = (node: NodeIdentity) => string | undefined;

/** An edge while segments are being merged into it. */
export class EdgeDraft {
  readonly report = new Report();
  readonly flows = new Set<Flow>();
  readonly source: NodeIdentity;
  readonly target: NodeIdentity;
  readonly #reported: Partial<Record<Reporter, number>> = {};
  readonly #chosen = new Map<Reporter, number>();
  /** Requests of flows that both ends reported. */
  readonly #both = { source: 0, destination: 0 };
  #isTunnelOnly = true;

  constructor(source: NodeIdentity, target: NodeIdentity) {
    this.source = source;
    this.target = target;
  }

  get isTunnelOnly(): boolean {
    return this.#isTunnelOnly;
  }

  add({ flow, choice, reports, service }: Segment): void {
    for (const report of reports) {
      this.report.merge(report);
    }
    const [chosen] = reports;
    this.#isTunnelOnly &&= choice.isTunnel;
    const weight = chosen.requests ?? chosen.figures.sentBytes ?? 0;
    this.#chosen.set(
      choice.reporter,
      (this.#chosen.get(choice.reporter) ?? 0) + weight,
    );
    if (service === undefined && this.flows.has(flow)) {
      return;
    }
    this.flows.add(flow);
    const policy = policyPart(flow);
    if (policy && policy !== choice.part) {
      this.report.mergePolicy(
        service === undefined ? wholeOf(policy) : reportOf(policy, service),
      );
    }
    const requestsOf = (name: Reporter) => {
      const part = flow.parts[name];
      const said =
        part && service !== undefined
          ? part.byService.get(service)
          : part && wholeOf(part);
      return said?.requests;
    };
    for (const name of ['source', 'destination', 'waypoint'] as const) {
      const requests = requestsOf(name);
      if (requests !== undefined) {
        this.#reported[name] = (this.#reported[name] ?? 0) + requests;
      }
    }
    const [source, destination] = [
      requestsOf('source'),
      requestsOf('destination'),
    ];
    if (source !== undefined && destination !== undefined) {
      this.#both.source += source;
      this.#both.destination += destination;
    }
  }

  build(bounds: readonly number[], viewer: Viewer, rateOf: RateOf): GraphEdge {
    const traffic = trafficOf(this.report, bounds);
    const [reporter] = [...this.#chosen].sort(
      (left, right) => right[1] - left[1],
    )[0];
    const isHidden = this.target === HIDDEN;
    return {
      id: `${this.source.id}>${this.target.id}`,
      source: this.source.id,
      target: this.target.id,
      traffic,
      reporter,
      reported: { ...this.#reported },
      disagreement: this.#disagreement(),
      hosts: isHidden
        ? []
        : viewer.hosts(this.target.cluster, this.report.hosts),
      layer: this.#isTunnelOnly ? 'l4' : 'l7',
      principals: this.#principals(viewer),
      operations: isHidden ? undefined : operationsOf(this.flows),
      health: this.#judge(traffic, rateOf),
    };
  }

  #disagreement(): number | undefined {
    const { source, destination } = this.#both;
    const larger = Math.max(source, destination);
    return larger > 0
      ? Math.round((Math.abs(source - destination) / larger) * 1e4) / 1e4
      : undefined;
  }

  /** An identity names its namespace, so those of the hidden are left out. */
  #principals(viewer: Viewer): GraphEdge['principals'] {
    const sides = { source: new Set<string>(), destination: new Set<string>() };
    let isAsked = false;
    for (const flow of this.flows) {
      isAsked ||= flow.principals !== undefined;
      for (const side of ['source', 'destination'] as const) {
        if (viewer.sees(flow[side])) {
          flow.principals?.[side].forEach(principal =>
            sides[side].add(principal),
          );
        }
      }
    }
    return isAsked
      ? {
          source: [...sides.source].sort(),
          destination: [...sides.destination].sort(),
        }
      : undefined;
  }

  #judge(traffic: Traffic, rateOf: RateOf): Health {
    if (this.target.kind === 'unknown') {
      // No route took these requests, so no service is to blame for them.
      return {
        state: 'unknown',
        reasons: ['No route matched these requests'],
      };
    }
    if (this.#isTunnelOnly) {
      return {
        state: 'unknown',
        reasons: ['L4 only: ztunnel counts bytes, nobody reads the requests'],
      };
    }
    const verdicts = [
      judgeTraffic(traffic, tolerancesOf(rateOf(this.target), 'inbound')),
      judgeTraffic(traffic, tolerancesOf(rateOf(this.source), 'outbound')),
    ].filter(verdict => verdict !== undefined);
    if (verdicts.length === 0) {
      return { state: 'unknown', reasons: ['No traffic could be read'] };
    }
    const worst = worstHealth(verdicts);
    return { ...worst, reasons: [...new Set(worst.reasons)] };
  }
}

/** What was asked for in some flows, most first. */
export function operationsOf(flows: Iterable<Flow>): Operation[] | undefined {
  const sums = new Map<string, Report>();
  for (const { operations } of flows) {
    for (const [name, report] of operations ?? []) {
      const sum = sums.get(name) ?? new Report();
      sums.set(name, sum);
      sum.merge(report);
    }
  }
  return sums.size === 0
    ? undefined
    : [...sums]
        .map(([name, report]) => {
          const { requestsPerSecond = 0, errorShare = 0 } = trafficOf(
            report,
            [],
          );
          return { name, requestsPerSecond, errorShare };
        })
        .sort(
          (left, right) => right.requestsPerSecond - left.requestsPerSecond,
        );
}

/** Merges segments into edges; two with the same ends are one. */
export function mergeSegments(segments: Iterable<Segment>): EdgeDraft[] {
  const drafts = new Map<string, EdgeDraft>();
  for (const segment of segments) {
    const { source, target } = segment;
    if (source === HIDDEN && target === HIDDEN) {
      continue;
    }
    const key = `${source.id}>${target.id}`;
    const draft = drafts.get(key) ?? new EdgeDraft(source, target);
    drafts.set(key, draft);
    draft.add(segment);
  }
  return [...drafts.values()];
}
