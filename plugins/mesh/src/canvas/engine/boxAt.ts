import type { Layout } from '../layout/types';
import type { Point } from '../scene/types';

/** The name of an open box, from its upper edge, in world units; never less than these pixels. */
const HEADER = { world: 36, pixels: 20 };

/**
 * The innermost open box at a point of the world.
 *
 * @param isName - only where its name is
 */
export function boxAt(
  layout: Layout,
  { x, y }: Point,
  scale: number,
  isName: boolean,
): string | undefined {
  const header = Math.max(HEADER.world, HEADER.pixels / scale);
  let found: string | undefined;
  let smallest = Infinity;
  for (const [id, box] of layout.boxes) {
    const height = isName ? Math.min(header, box.height) : box.height;
    const isInside =
      x > box.x && x < box.x + box.width && y > box.y && y < box.y + height;
    if (isInside && box.width * box.height < smallest) {
      smallest = box.width * box.height;
      found = id;
    }
  }
  return found;
}
