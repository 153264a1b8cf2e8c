import type { GraphNode } from '@orrery/backstage-plugin-mesh-common';

/** Whether the parts of a service are in the mesh: all, some, none, or not known. */
export function meshStateOf(
  nodes: readonly Pick<GraphNode, 'dataPlane'>[],
): 'on' | 'partly' | 'off' | 'unknown' {
  const planes = nodes.map(({ dataPlane }) => dataPlane);
  const isIn = (plane: GraphNode['dataPlane']) =>
    plane === 'sidecar' || plane === 'ambient';
  if (planes.length === 0 || planes.includes('unknown')) {
    return 'unknown';
  }
  if (planes.every(isIn)) {
    return 'on';
  }
  return planes.some(isIn) ? 'partly' : 'off';
}
