import { boxNameSteps, boxSteps } from '../render/drawBoxes';
import { linkLabelSteps } from '../render/drawLinkLabels';
import { drawLink } from '../render/drawLinks';
import { drawMark } from '../render/drawMarks';
import { isCareful, type Frame } from '../render/types';
import type { Link } from '../scene/types';
import type { Steps } from '../slices';
import type { SharedSteps } from './types';

/** Told of what is drawn next, so that it can be kept together. */
export type PartListener = {
  open(kind: 'boxes' | 'links' | 'marks' | 'labels'): void;
  openPart(kind: 'link' | 'mark', id: string): void;
  close(): void;
};

/** Whether a line lies above the others, as it does on the screen. */
function isLoud({ health, comparison }: Link): boolean {
  return health === 'failing' || comparison !== undefined;
}

function* withShare(steps: Steps<void>, share: number): SharedSteps<void> {
  while (!steps.next().done) {
    yield share;
  }
}

/**
 * Draws all of a picture, from the back to the front, by what draws it on the
 * screen: mark by mark and line by line.
 */
export function* exportSteps(
  frame: Frame,
  listener: PartListener,
): SharedSteps<void> {
  const { scene, layout, routes, context } = frame;
  const total = scene.links.length + scene.marks.size + 1;
  // Labels take a tenth of the time.
  const shareOf = (count: number) => (0.9 * count) / total;
  let count = 0;

  listener.open('boxes');
  yield* withShare(boxSteps(frame), 0);
  listener.close();

  const careful = isCareful(frame);
  listener.open('links');
  for (const isAbove of [false, true]) {
    for (const link of scene.links) {
      const route =
        isLoud(link) === isAbove ? routes.of(link, careful) : undefined;
      if (route) {
        listener.openPart('link', link.id);
        drawLink(frame, link, route);
        listener.close();
        count += 1;
        yield shareOf(count);
      }
    }
  }
  context.globalAlpha = 1;
  listener.close();

  listener.open('marks');
  for (const [id, mark] of scene.marks) {
    const place = layout.marks.get(id);
    if (place) {
      listener.openPart('mark', id);
      drawMark(frame, mark, place);
      listener.close();
    }
    count += 1;
    yield shareOf(count);
  }
  context.globalAlpha = 1;
  listener.close();

  listener.open('labels');
  yield* withShare(boxNameSteps(frame), 0.9);
  yield* withShare(linkLabelSteps(frame), 0.95);
  listener.close();
}
