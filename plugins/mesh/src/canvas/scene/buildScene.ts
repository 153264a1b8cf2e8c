import type {
  GraphEdge,
  GraphNode,
  MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import type { Format } from '@orrery/backstage-plugin-orrery-react';
import { outlineOf } from '../../model/outline';
import { nodeText, nodeTitle } from '../../model/words';
import type { EdgeLabel } from '../MeshCanvas';
import type { Box, Link, Mark, MarkShape, Scene } from './types';

/** Words and numbers in the language of the viewer. */
export type SceneWords = {
  format: Format;
  health: (state: Mark['health']) => string;
};

function shapeOf(node: GraphNode): MarkShape {
  switch (node.kind) {
    case 'external':
    case 'passthrough':
      return 'external';
    case 'unknown':
      return 'unknown';
    case 'service':
      return 'triangle';
    default:
      break;
  }
  if (node.role === 'gateway' || node.role === 'waypoint') {
    return 'gateway';
  }
  if (node.role === 'store') {
    return 'store';
  }
  return node.kind === 'workload' ? 'circle' : 'square';
}

/** Width by rate on a log scale: 1 px for nothing much, 6 px for thousands a second. */
export function linkWidth(requestsPerSecond: number | undefined): number {
  const rate = Math.max(0, requestsPerSecond ?? 0);
  return Math.min(6, 1 + Math.log10(1 + rate) * 1.5);
}

function linkLabel(edge: GraphEdge, kind: EdgeLabel, format: Format): string {
  const { traffic } = edge;
  const { requestsPerSecond, errorShare = 0 } = traffic;
  if (kind === 'none') {
    return '';
  }
  if (requestsPerSecond === undefined) {
    return kind === 'rate' && traffic.sentBytesPerSecond !== undefined
      ? format.bytesPerSecond(traffic.sentBytesPerSecond)
      : '';
  }
  if (kind === 'p95') {
    return traffic.p95Milliseconds === undefined
      ? ''
      : format.milliseconds(traffic.p95Milliseconds);
  }
  const errors = errorShare > 0 ? format.percent(errorShare) : '';
  if (kind === 'errors') {
    return errors;
  }
  return [format.rate(requestsPerSecond), errors].filter(Boolean).join(' · ');
}

function describe(node: GraphNode, words: SceneWords): string {
  const { format } = words;
  const { requestsPerSecond, errorShare } = node.inbound;
  return [
    nodeText(node),
    node.namespace,
    words.health(node.health.state),
    requestsPerSecond !== undefined && format.rate(requestsPerSecond),
    errorShare !== undefined &&
      errorShare > 0 &&
      `${format.percent(errorShare)} ✕`,
  ]
    .filter(Boolean)
    .join(', ');
}

/**
 * What a graph looks like, before it has places. Pure, and cheap enough to
 * be done on every refresh.
 */
export function buildScene(
  graph: MeshGraph,
  edgeLabel: EdgeLabel,
  words: SceneWords,
): Scene {
  const marks = new Map<string, Mark>();
  const boxes = new Map<string, Box>();
  for (const group of outlineOf(graph)) {
    if (group.namespace !== undefined) {
      boxes.set(group.namespace, {
        id: group.namespace,
        label: group.namespace,
        health: group.state,
        count: group.nodes.length,
      });
    }
    const someInside = group.nodes.some(
      node => node.dataPlane === 'sidecar' || node.dataPlane === 'ambient',
    );
    for (const node of group.nodes) {
      const { name, version } = nodeTitle(node);
      marks.set(node.id, {
        id: node.id,
        shape: shapeOf(node),
        label: name,
        // A single version says nothing; two of them must be told apart.
        version: version && hasSiblings(graph, node) ? version : undefined,
        health: node.health.state,
        errorShare: node.inbound.errorShare ?? 0,
        isOpen: someInside && node.dataPlane === 'none',
        box: group.namespace,
        description: describe(node, words),
      });
    }
  }
  const links = graph.edges.map(
    (edge): Link => ({
      id: edge.id,
      source: edge.source,
      target: edge.target,
      health: edge.health.state,
      width: linkWidth(edge.traffic.requestsPerSecond),
      isDashed:
        edge.traffic.protocols.length === 1 &&
        edge.traffic.protocols[0] === 'tcp',
      isDouble: edge.traffic.protocols.length > 1,
      label: linkLabel(edge, edgeLabel, words.format),
      protocols: edge.traffic.protocols,
      requestsPerSecond: edge.traffic.requestsPerSecond ?? 0,
      errorShare: edge.traffic.errorShare ?? 0,
      p95Milliseconds: edge.traffic.p95Milliseconds,
    }),
  );
  return { marks, links, boxes };
}

const siblings = new WeakMap<MeshGraph, Map<string, number>>();

function hasSiblings(graph: MeshGraph, node: GraphNode): boolean {
  let counts = siblings.get(graph);
  if (!counts) {
    counts = new Map();
    for (const { namespace, app } of graph.nodes) {
      const key = `${namespace}/${app}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    siblings.set(graph, counts);
  }
  return (counts.get(`${node.namespace}/${node.app}`) ?? 0) > 1;
}
