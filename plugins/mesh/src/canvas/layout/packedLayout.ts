import type { Point } from '../scene/types';
import type { Corners, SizedGraph } from './types';

const ASPECT = 1.7;

/**
 * Shelves, filled in order.
 *
 * @param options - `width` of the shelves; by default such that all of them
 *   together are about as wide as a screen
 */
export function packedLayout(
  nodes: SizedGraph['nodes'],
  options: { gap: number; width?: number },
): Corners {
  const { gap } = options;
  const area = nodes.reduce(
    (sum, node) => sum + (node.width + gap) * (node.height + gap),
    0,
  );
  const width = Math.max(options.width ?? 0, Math.sqrt(area * ASPECT));
  const places = new Map<string, Point>();
  let x = 0;
  let y = 0;
  let shelf = 0;
  for (const node of nodes) {
    if (x > 0 && x + node.width > width) {
      x = 0;
      y += shelf + gap;
      shelf = 0;
    }
    places.set(node.id, { x, y });
    x += node.width + gap;
    shelf = Math.max(shelf, node.height);
  }
  return places;
}
