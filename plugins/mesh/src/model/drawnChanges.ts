import type { Comparison } from '@orrery/backstage-plugin-mesh-common';
import type { MarksOf } from '../canvas';

/** Changes that the canvas draws; of rates, edges tell by their width. */
export function drawnChanges({ kinds }: Comparison): MarksOf {
  return id => {
    const kind = kinds.get(id);
    return kind === 'more-traffic' || kind === 'less-traffic'
      ? undefined
      : kind;
  };
}
