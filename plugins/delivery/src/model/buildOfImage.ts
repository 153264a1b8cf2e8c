import type { Build, ImageTag } from '@orrery/backstage-plugin-delivery-common';

/**
 * The build that made an image, as far as it can be told: one that succeeded
 * and was asked for the image's tag, or built its commit. The newest counts,
 * for a tag is what was pushed last.
 *
 * @param builds - the newest first
 */
export function buildOfImage(
  builds: readonly Build[],
  { tag, revision }: Pick<ImageTag, 'tag' | 'revision'>,
): Build | undefined {
  const made = builds.filter(
    ({ state }) => state === 'succeeded' || state === 'unstable',
  );
  return (
    made.find(({ parameters }) => Object.values(parameters).includes(tag)) ??
    made.find(build => revision !== undefined && build.revision === revision)
  );
}
