import type { Steps } from '../slices';
import { boxNameSteps, boxSteps } from './drawBoxes';
import { linkLabelSteps } from './drawLinkLabels';
import { linkSteps } from './drawLinks';
import { markSteps } from './drawMarks';
import type { Frame } from './types';

/** Draws all that stands still, from the back to the front. */
export function* pictureSteps(frame: Frame): Steps<void> {
  yield* boxSteps(frame);
  yield* linkSteps(frame);
  yield* markSteps(frame);
  yield* boxNameSteps(frame);
  yield* linkLabelSteps(frame);
}
