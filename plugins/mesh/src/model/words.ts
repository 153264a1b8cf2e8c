import type { GraphNode } from '@orrery/backstage-plugin-mesh-common';

/** A node's name as people say it: the app with its version where it has one. */
export function nodeTitle(node: GraphNode): { name: string; version?: string } {
  if (node.kind === 'workload' && node.app && node.version) {
    return { name: node.app, version: node.version };
  }
  return { name: node.name, version: node.version };
}

/** The same as one text. */
export function nodeText(node: GraphNode): string {
  const { name, version } = nodeTitle(node);
  return version ? `${name} ${version}` : name;
}
