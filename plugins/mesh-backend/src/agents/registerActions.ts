import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { NotFoundError } from '@backstage/errors';
import {
  evaluateFind,
  explainHealth,
  FindError,
  parseFind,
  type GraphEdge,
  type GraphNode,
  type MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import { readGraphQuery } from '../routes/graphQuery';
import type { MeshService } from '../service/types';

/** What an agent can take in at once. */
const MOST_ITEMS = 200;

/** Those of the schema of graphs, in the words of the registry's own zod. */
const GRAPH_TYPES = ['workload', 'app', 'versionedApp', 'service'] as const;

const BAD_FIRST = ['failing', 'degraded', 'unknown', 'healthy', 'idle'];

function shortNode(node: GraphNode) {
  return {
    id: node.id,
    kind: node.kind,
    cluster: node.cluster,
    namespace: node.namespace,
    name: node.name,
    version: node.version,
    health: node.health.state,
    reasons: node.health.reasons,
    dataPlane: node.dataPlane,
    requestsPerSecond: node.inbound.requestsPerSecond,
    errorShare: node.inbound.errorShare,
    p95Milliseconds: node.inbound.p95Milliseconds,
    pods: node.pods,
    config: node.config,
  };
}

function shortEdge(edge: GraphEdge) {
  return {
    source: edge.source,
    target: edge.target,
    health: edge.health.state,
    reasons: edge.health.reasons,
    protocols: edge.traffic.protocols,
    requestsPerSecond: edge.traffic.requestsPerSecond,
    errorShare: edge.traffic.errorShare,
    p95Milliseconds: edge.traffic.p95Milliseconds,
  };
}

function worstFirst<T extends { health: { state: string } }>(
  items: readonly T[],
): T[] {
  return [...items].sort(
    (left, right) =>
      BAD_FIRST.indexOf(left.health.state) -
      BAD_FIRST.indexOf(right.health.state),
  );
}

function readFind(expression: string) {
  try {
    return parseFind(expression);
  } catch (error) {
    if (error instanceof FindError) {
      throw new InvalidValueError('find', error.message, expression);
    }
    throw error;
  }
}

/** The part of a graph that an expression finds; edges count when both ends do, or they themselves. */
function found(graph: MeshGraph, expression: string | undefined) {
  if (expression === undefined || expression.trim() === '') {
    return { nodes: graph.nodes, edges: graph.edges };
  }
  const { nodes, edges } = evaluateFind(readFind(expression), graph);
  return {
    nodes: graph.nodes.filter(({ id }) => nodes.has(id)),
    edges: graph.edges.filter(
      edge =>
        edges.has(edge.id) ||
        (nodes.has(edge.source) && nodes.has(edge.target)),
    ),
  };
}

/** Lets agents ask the mesh what people ask it, with their own rights. */
export function registerActions(
  registry: ActionsRegistryService,
  service: MeshService,
): void {
  registry.register({
    name: 'get-graph',
    title: 'Get the service mesh graph',
    description:
      'Nodes and edges of the live or past service mesh with rates, errors, latency and health, the unhealthy first. ' +
      `At most ${MOST_ITEMS} of each are returned; narrow it down with namespaces or with a find expression such as "%error > 5" or "downstream(payment)".`,
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          cluster: z.string().optional().describe('Absent means all clusters'),
          namespaces: z
            .array(z.string())
            .optional()
            .describe('None mean all that take part in the mesh'),
          graphType: z
            .enum(GRAPH_TYPES)
            .optional()
            .describe('What one node stands for; workload where absent'),
          duration: z
            .string()
            .optional()
            .describe('Length of the window such as 1m or 1h'),
          at: z
            .string()
            .optional()
            .describe('A past moment, RFC 3339; absent means now'),
          find: z
            .string()
            .optional()
            .describe('An expression of the find language'),
        }),
      output: z =>
        z.object({
          at: z.string(),
          totalNodes: z.number(),
          totalEdges: z.number(),
          nodes: z.array(z.record(z.unknown())),
          edges: z.array(z.record(z.unknown())),
          problems: z
            .array(z.string())
            .describe('What could not be read; its figures are missing'),
        }),
    },
    examples: [
      {
        title: 'What fails at the moment',
        input: { find: 'health = failing' },
      },
    ],
    action: async ({ input, credentials }) => {
      const { namespaces, find, ...query } = input;
      const graph = await service.graph(
        readGraphQuery({ ...query, namespaces: namespaces?.join(',') }),
        credentials,
      );
      const { nodes, edges } = found(graph, find);
      return {
        output: {
          at: graph.at,
          totalNodes: nodes.length,
          totalEdges: edges.length,
          nodes: worstFirst(nodes).slice(0, MOST_ITEMS).map(shortNode),
          edges: worstFirst(edges).slice(0, MOST_ITEMS).map(shortEdge),
          problems: problemsOf(graph),
        },
      };
    },
  });

  registry.register({
    name: 'explain-health',
    title: 'Explain the health of a node of the mesh',
    description:
      'Why a workload, app or service is healthy or not: its reasons, who suffers, which of its own calls fail, and where the failures seem to start. ' +
      'The id is that of a node of get-graph with the same graphType.',
    attributes: { readOnly: true, idempotent: true, destructive: false },
    schema: {
      input: z =>
        z.object({
          id: z.string().describe('Id of a node'),
          graphType: z.enum(GRAPH_TYPES).optional(),
          duration: z.string().optional(),
          at: z.string().optional(),
        }),
      output: z =>
        z.object({
          at: z.string(),
          explanation: z.record(z.unknown()),
          problems: z.array(z.string()),
        }),
    },
    action: async ({ input, credentials }) => {
      const { id, ...query } = input;
      const graph = await service.graph(readGraphQuery(query), credentials);
      const explanation = explainHealth(graph, id);
      if (!explanation) {
        throw new NotFoundError(
          `id: no node ${JSON.stringify(id)} in the ${graph.graphType} graph`,
        );
      }
      return {
        output: {
          at: graph.at,
          explanation: { ...explanation },
          problems: problemsOf(graph),
        },
      };
    },
  });
}

function problemsOf(graph: MeshGraph): string[] {
  return [
    ...graph.sources
      .filter(({ state }) => state !== 'ok' && state !== 'absent')
      .map(({ name, state, reason }) => `${name} ${state}: ${reason ?? ''}`),
    ...graph.warnings.map(({ message }) => message),
  ];
}
