import type { Health } from '@orrery/backstage-plugin-orrery-common';
import type { Feature, GraphEdge, GraphNode, MeshGraph } from '../schema';

/** A call that goes wrong on the way from a node to what may be the cause. @public */
export type ExplainedCall = {
  /** Ids of nodes. */
  source: string;
  target: string;
  health: Health;
  requestsPerSecond?: number;
  errorsPerSecond?: number;
  p95Milliseconds?: number;
  /** Codes and flags of what failed, most first, such as `503 UH`. */
  answers: string[];
};

/** A node at the end of a chain of failing calls. @public */
export type LikelyCause = {
  id: string;
  name: string;
  health: Health;
  /** Calls from the explained node to here, in order; none for the node itself. */
  path: ExplainedCall[];
  /** Configuration that makes requests to it fail or wait on purpose. */
  features: Feature[];
};

/** Why a node is as it is. @public */
export type HealthExplanation = {
  id: string;
  name: string;
  health: Health;
  /** Those whose calls to it go wrong: who suffers. */
  callers: ExplainedCall[];
  /** Its own calls that go wrong. */
  calls: ExplainedCall[];
  /** Where the trouble seems to start, the most failing requests first. */
  likelyCauses: LikelyCause[];
};

const BAD = new Set(['failing', 'degraded']);
/** Failures of a callee explain those of its caller when they are at least this share of them. */
const EXPLAINING_SHARE = 0.1;
/** What callees leave unexplained of a node's failures is its own when it is more than this share. */
const OWN_SHARE = 0.5;
/** Deeper than any chain that a person would follow; also ends cycles. */
const MOST_HOPS = 12;

function errorsOf({ traffic }: GraphEdge): number {
  return (traffic.requestsPerSecond ?? 0) * (traffic.errorShare ?? 0);
}

function inboundErrorsOf({ inbound }: GraphNode): number {
  return (inbound.requestsPerSecond ?? 0) * (inbound.errorShare ?? 0);
}

function describe(edge: GraphEdge): ExplainedCall {
  const { traffic } = edge;
  return {
    source: edge.source,
    target: edge.target,
    health: edge.health,
    requestsPerSecond: traffic.requestsPerSecond,
    errorsPerSecond:
      traffic.requestsPerSecond === undefined ? undefined : errorsOf(edge),
    p95Milliseconds: traffic.p95Milliseconds,
    answers: traffic.responses
      .filter(({ error }) => error)
      .map(({ code, flags }) => (flags === '-' ? code : `${code} ${flags}`)),
  };
}

/** Bad edges out of each node, the most failing requests first. */
function badCalls(graph: MeshGraph): Map<string, GraphEdge[]> {
  const calls = new Map<string, GraphEdge[]>();
  for (const edge of graph.edges) {
    if (BAD.has(edge.health.state) && edge.source !== edge.target) {
      const list = calls.get(edge.source);
      if (list) {
        list.push(edge);
      } else {
        calls.set(edge.source, [edge]);
      }
    }
  }
  for (const list of calls.values()) {
    list.sort((left, right) => errorsOf(right) - errorsOf(left));
  }
  return calls;
}

/**
 * Follows failing calls from a node to where no further call explains the
 * failures: what fails there fails by itself, as far as the mesh can see. A
 * call explains failures when enough of it fails: a tenth of those of the
 * caller; when all such calls together fail less than half as often as the
 * caller, the caller is a cause too. A guess by rates and the shape of the
 * graph, to be checked; it is not a proof.
 *
 * @returns undefined when the graph has no such node
 * @public
 */
export function explainHealth(
  graph: MeshGraph,
  id: string,
): HealthExplanation | undefined {
  const nodes = new Map(graph.nodes.map(node => [node.id, node]));
  const node = nodes.get(id);
  if (!node) {
    return undefined;
  }
  const calls = badCalls(graph);
  const causes = new Map<string, LikelyCause & { errors: number }>();
  const visited = new Set<string>();

  const follow = (at: GraphNode, path: GraphEdge[]) => {
    if (visited.has(at.id) || path.length > MOST_HOPS) {
      return;
    }
    visited.add(at.id);
    const last = path.at(-1);
    const own = last ? errorsOf(last) : inboundErrorsOf(at);
    const onward = (calls.get(at.id) ?? []).filter(
      edge =>
        !visited.has(edge.target) && errorsOf(edge) >= own * EXPLAINING_SHARE,
    );
    const explained = onward.reduce((sum, edge) => sum + errorsOf(edge), 0);
    if (
      (onward.length === 0 || explained < own * OWN_SHARE) &&
      (last || BAD.has(at.health.state))
    ) {
      causes.set(at.id, {
        id: at.id,
        name: at.name,
        health: at.health,
        path: path.map(describe),
        features: (at.features ?? []).filter(
          ({ name }) => name === 'fault-injection',
        ),
        errors: last ? errorsOf(last) : Infinity,
      });
    }
    for (const edge of onward) {
      const next = nodes.get(edge.target);
      if (next) {
        follow(next, [...path, edge]);
      }
    }
  };
  follow(node, []);

  return {
    id,
    name: node.name,
    health: node.health,
    callers: graph.edges
      .filter(edge => edge.target === id && BAD.has(edge.health.state))
      .sort((left, right) => errorsOf(right) - errorsOf(left))
      .map(describe),
    calls: (calls.get(id) ?? []).map(describe),
    likelyCauses: [...causes.values()]
      .sort((left, right) => right.errors - left.errors)
      .map(({ errors: _errors, ...cause }) => cause),
  };
}
