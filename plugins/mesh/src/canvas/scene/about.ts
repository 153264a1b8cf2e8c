import {
  compareHealth,
  type HealthState,
} from '@orrery/backstage-plugin-orrery-common';
import { factsOf, linkFacts, titleOf, type Words } from './texts';
import type { Mark, Scene } from './types';

/** What there is to say about a mark or a line. */
export type About = {
  title: string;
  health: HealthState;
  facts: readonly string[];
};

/** @returns undefined for ids that are not in the scene */
export function aboutOf(
  scene: Scene,
  id: string,
  words: Words,
): About | undefined {
  const mark = scene.marks.get(id);
  if (mark) {
    return {
      title: titleOf(mark, words),
      health: mark.health,
      facts: factsOf(mark, words),
    };
  }
  const link = scene.links.find(item => item.id === id);
  const source = link && scene.marks.get(link.source);
  const target = link && scene.marks.get(link.target);
  return link && source && target
    ? {
        title: words.edge(titleOf(source, words), titleOf(target, words)),
        health: link.health,
        facts: [
          ...(link.view.edges.length > 1
            ? [words.edges(link.view.edges.length)]
            : []),
          ...linkFacts(link, words),
        ],
      }
    : undefined;
}

/** The same in one line. */
export function describe(scene: Scene, id: string, words: Words): string {
  const about = aboutOf(scene, id, words);
  return about ? [about.title, ...about.facts].join(', ') : '';
}

/** The worst mark in an open box; undefined for boxes that are closed or gone. */
export function worstIn(scene: Scene, boxId: string): string | undefined {
  let worst: Mark | undefined;
  for (const mark of scene.boxes.has(boxId) ? scene.marks.values() : []) {
    if (
      mark.view.parent === boxId &&
      (!worst || compareHealth(mark.health, worst.health) < 0)
    ) {
      worst = mark;
    }
  }
  return worst?.id;
}
