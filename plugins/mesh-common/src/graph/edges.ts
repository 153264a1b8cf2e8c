import type { Health } from '@orrery/backstage-plugin-orrery-common';
import { judgeTraffic } from '../health';
import type { GraphEdge, GraphType, Traffic } from '../schema/graph';
import { chooseReport, policyReport, type Flow } from './flows';
import type { ObjectIndex } from './objectIndex';
import { nodeIdentity, type NodeIdentity } from './projection';
import { Report, trafficOf, type Reporter } from './report';

/** An edge while flows are being merged into it. */
export class EdgeDraft {
  readonly report = new Report();
  readonly flows: Flow[] = [];
  readonly source: NodeIdentity;
  readonly target: NodeIdentity;
  readonly #reported: Partial<Record<Reporter, number>> = {};
  readonly #chosen = new Map<Reporter, number>();

  constructor(source: NodeIdentity, target: NodeIdentity) {
    this.source = source;
    this.target = target;
  }

  add(flow: Flow, reporter: Reporter, report: Report): void {
    this.flows.push(flow);
    this.report.merge(report);
    const policy = policyReport(flow);
    if (policy && policy !== report) {
      this.report.mutualTls += policy.mutualTls;
      this.report.policyKnown += policy.policyKnown;
    }
    const weight = report.requests ?? report.sentBytes ?? 0;
    this.#chosen.set(reporter, (this.#chosen.get(reporter) ?? 0) + weight);
    for (const name of ['source', 'destination', 'waypoint'] as const) {
      const requests = flow.reports[name]?.requests;
      if (requests !== undefined) {
        this.#reported[name] = (this.#reported[name] ?? 0) + requests;
      }
    }
  }

  build(bounds: readonly number[]): GraphEdge {
    const traffic = trafficOf(this.report, bounds);
    const [reporter] = [...this.#chosen].sort(
      (left, right) => right[1] - left[1],
    )[0];
    return {
      id: `${this.source.id}>${this.target.id}`,
      source: this.source.id,
      target: this.target.id,
      traffic,
      reporter,
      reported: { ...this.#reported },
      hosts: [...this.report.hosts].sort(),
      health: this.#judge(traffic),
    };
  }

  #judge(traffic: Traffic): Health {
    if (this.target.kind === 'unknown') {
      // No route took these requests, so no service is to blame for them.
      return {
        state: 'unknown',
        reasons: ['No route matched these requests'],
      };
    }
    return (
      judgeTraffic(traffic) ?? {
        state: 'unknown',
        reasons: ['No traffic could be read'],
      }
    );
  }
}

/** Merges flows into the edges of a graph type. */
export function buildEdges(
  flows: Iterable<Flow>,
  graphType: GraphType,
  objects: ObjectIndex,
): EdgeDraft[] {
  const drafts = new Map<string, EdgeDraft>();
  for (const flow of flows) {
    const chosen = chooseReport(flow);
    if (!chosen) {
      continue;
    }
    const source = nodeIdentity(flow.source, graphType, objects);
    const target = nodeIdentity(flow.destination, graphType, objects);
    const key = `${source.id}>${target.id}`;
    const draft = drafts.get(key) ?? new EdgeDraft(source, target);
    drafts.set(key, draft);
    draft.add(flow, chosen.reporter, chosen.report);
  }
  return [...drafts.values()];
}
