import type { ImageTag } from '@orrery/backstage-plugin-delivery-common';

/** Two revisions, and what people call them. */
export type Revisions = {
  from: string;
  to: string;
  fromName: string;
  toName: string;
};

/**
 * From what a workload runs to another image of its repository. The commit
 * that an image names counts; without one its tag is taken for one of git.
 * Undefined where it is not known what runs, or the other one does.
 */
export function revisionsBetween(
  items: readonly ImageTag[],
  workload: string,
  chosen: ImageTag | undefined,
): Revisions | undefined {
  const running = items.find(({ runningIn }) => runningIn.includes(workload));
  if (!running || !chosen || chosen.runningIn.includes(workload)) {
    return undefined;
  }
  return {
    from: running.revision ?? running.tag,
    to: chosen.revision ?? chosen.tag,
    fromName: running.tag,
    toName: chosen.tag,
  };
}
