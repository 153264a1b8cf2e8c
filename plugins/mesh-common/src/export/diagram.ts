import type { HealthState } from '@orrery/backstage-plugin-orrery-common';
import type { GraphEdge, GraphNode, MeshGraph } from '../schema';

/** Outline of a node of a diagram. @public */
export type DiagramShape =
  | 'workload'
  | 'app'
  | 'service'
  | 'gateway'
  | 'store'
  | 'external'
  | 'group';

/** A graph to be written as text, all its labels in the language of the reader. @public */
export type Diagram = {
  title: string;
  /** What was asked for, when, and what the signs mean. */
  description: string;
  groups: readonly {
    id: string;
    label: string;
    /** Group that it is in; absent for outermost ones. */
    parent?: string;
  }[];
  nodes: readonly {
    id: string;
    label: string;
    group?: string;
    shape: DiagramShape;
    health: HealthState;
  }[];
  edges: readonly {
    source: string;
    target: string;
    /** Empty where there is nothing to say. */
    label: string;
    health: HealthState;
    isTcp: boolean;
  }[];
};

/** What a diagram says besides names. @public */
export type DiagramWords = Pick<Diagram, 'title' | 'description'> & {
  nodeLabel: (node: GraphNode) => string;
  edgeLabel: (edge: GraphEdge) => string;
};

/** Outline of what a node stands for. @public */
export function diagramShape(
  node: Pick<GraphNode, 'kind' | 'role'>,
): DiagramShape {
  switch (node.kind) {
    case 'external':
    case 'passthrough':
    case 'unknown':
    case 'hidden':
      return 'external';
    case 'service':
      return 'service';
    default:
      break;
  }
  if (node.role === 'gateway' || node.role === 'store') {
    return node.role;
  }
  return node.kind === 'workload' ? 'workload' : 'app';
}

/**
 * A graph as a diagram whose groups are namespaces, and clusters around them
 * where there are several.
 *
 * @public
 */
export function diagramOf(graph: MeshGraph, words: DiagramWords): Diagram {
  const { nodes, edges } = graph;
  const hasClusters = new Set(nodes.map(({ cluster }) => cluster)).size > 1;
  const groups = new Map<string, Diagram['groups'][number]>();
  const groupOf = ({ cluster, namespace }: GraphNode): string | undefined => {
    const around = hasClusters ? cluster : undefined;
    if (around !== undefined) {
      groups.set(around, { id: around, label: cluster });
    }
    if (namespace === undefined) {
      return around;
    }
    const id = `${cluster}/${namespace}`;
    groups.set(id, { id, label: namespace, parent: around });
    return id;
  };
  return {
    title: words.title,
    description: words.description,
    nodes: nodes.map(node => ({
      id: node.id,
      label: words.nodeLabel(node),
      group: groupOf(node),
      shape: diagramShape(node),
      health: node.health.state,
    })),
    groups: [...groups.values()],
    edges: edges.map(edge => ({
      source: edge.source,
      target: edge.target,
      label: words.edgeLabel(edge),
      health: edge.health.state,
      isTcp:
        edge.traffic.protocols.length === 1 &&
        edge.traffic.protocols[0] === 'tcp',
    })),
  };
}
