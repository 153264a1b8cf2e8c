import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import type { Layout } from './layout/types';

/**
 * Where an arrow key leads from a node: right to what it calls, left to what
 * calls it, up and down to its neighbours in the picture.
 *
 * @returns undefined for other keys, and where there is nothing
 */
export function neighbourInDirection(
  graph: MeshGraph,
  layout: Layout,
  id: string,
  key: string,
): string | undefined {
  const from = layout.marks.get(id);
  if (!from) {
    return undefined;
  }
  const distance = (candidate: string) => {
    const to = layout.marks.get(candidate);
    return to ? Math.hypot(to.x - from.x, to.y - from.y) : Infinity;
  };
  const nearest = (candidates: string[]) =>
    candidates
      .filter(candidate => candidate !== id && layout.marks.has(candidate))
      .sort((left, right) => distance(left) - distance(right))[0];
  switch (key) {
    case 'ArrowRight':
      return nearest(
        graph.edges.filter(edge => edge.source === id).map(edge => edge.target),
      );
    case 'ArrowLeft':
      return nearest(
        graph.edges.filter(edge => edge.target === id).map(edge => edge.source),
      );
    case 'ArrowUp':
    case 'ArrowDown': {
      const direction = key === 'ArrowUp' ? -1 : 1;
      return nearest(
        [...layout.marks]
          .filter(
            ([, to]) =>
              (to.y - from.y) * direction > 10 &&
              Math.abs(to.x - from.x) < 1.5 * Math.abs(to.y - from.y) + 40,
          )
          .map(([candidate]) => candidate),
      );
    }
    default:
      return undefined;
  }
}
