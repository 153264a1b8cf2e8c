import {
  diagramShape,
  type Diagram,
} from '@orrery/backstage-plugin-mesh-common';
import { closedText, linkLabel, titleOf, type Words } from '../scene/texts';
import type { Mark, Scene } from '../scene/types';

/** A name, and for a closed box what is in it. */
function labelOf(mark: Mark, words: Words): string {
  return [titleOf(mark, words), closedText(mark, words)]
    .filter(Boolean)
    .join(' · ');
}

/**
 * What a picture shows as a diagram: open boxes are groups, closed ones are
 * nodes, merged lines are one edge with the sum of their rates.
 */
export function diagramOfPicture(
  scene: Scene,
  words: Words,
  about: Pick<Diagram, 'title' | 'description'>,
): Diagram {
  return {
    title: about.title,
    description: about.description,
    groups: [...scene.boxes.values()].map(({ id, label, state }) => ({
      id,
      label: label || words.outside,
      parent: state.group.parent,
    })),
    nodes: [...scene.marks.values()].map(mark => ({
      id: mark.id,
      label: labelOf(mark, words),
      group: mark.view.parent,
      shape: mark.view.node ? diagramShape(mark.view.node) : 'group',
      health: mark.health,
    })),
    edges: scene.links.map(link => ({
      source: link.source,
      target: link.target,
      label: linkLabel(link, 'rate', words.format),
      health: link.health,
      isTcp: link.isDashed,
    })),
  };
}
