import type { ELK, ElkNode } from 'elkjs/lib/elk-api';
import type { LayeredLayout } from './types';

/** Above this many nodes the thorough settings cost more than they give. */
const THOROUGH_LIMIT = 60;
/** Longer chains than these have are bent to fit a screen. */
const WRAPPED_FROM = 20;
const SPACING = { node: 8, layer: 44 };

/** Layered layout by the Eclipse Layout Kernel. */
export function createElkLayout(elk: ELK): LayeredLayout {
  return async ({ nodes, edges }) => {
    const isLarge = nodes.length > THOROUGH_LIMIT;
    const result: ElkNode = await elk.layout({
      id: 'root',
      layoutOptions: {
        'elk.algorithm': 'layered',
        'elk.direction': 'RIGHT',
        'elk.aspectRatio': '1.7',
        'elk.padding': '[top=0,left=0,bottom=0,right=0]',
        'elk.spacing.nodeNode': String(SPACING.node),
        'elk.spacing.componentComponent': String(SPACING.node),
        'elk.layered.spacing.nodeNodeBetweenLayers': String(SPACING.layer),
        'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
        'elk.layered.wrapping.strategy':
          nodes.length > WRAPPED_FROM ? 'MULTI_EDGE' : 'OFF',
        ...(isLarge && {
          'elk.layered.thoroughness': '1',
          'elk.layered.nodePlacement.strategy': 'LINEAR_SEGMENTS',
          'elk.edgeRouting': 'POLYLINE',
        }),
      },
      children: nodes.map(({ id, width, height }) => ({ id, width, height })),
      edges: edges.map(([source, target], index) => ({
        id: String(index),
        sources: [nodes[source].id],
        targets: [nodes[target].id],
      })),
    });
    return new Map(
      (result.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }]),
    );
  };
}
