import {
  imageVersion,
  parseImage,
  type Release,
} from '@orrery/backstage-plugin-delivery-common';

/** What a release changed, as far as a list of releases tells. */
export type ReleaseChange =
  | { kind: 'images'; images: { container: string; version: string }[] }
  /** The images stayed: environment, resources or probes. */
  | { kind: 'settings' }
  /** The release before it is not in the list. */
  | { kind: 'unknown' };

/**
 * Compares every release with the one before it of the same workload.
 *
 * @returns by the release's id
 */
export function releaseChanges(
  releases: readonly Release[],
): Map<string, ReleaseChange> {
  const newestFirst = [...releases].sort((left, right) =>
    right.startedAt.localeCompare(left.startedAt),
  );
  return new Map(
    newestFirst.map((release, index): [string, ReleaseChange] => {
      const previous = newestFirst
        .slice(index + 1)
        .find(({ workload }) => workload === release.workload);
      if (!previous) {
        return [release.id, { kind: 'unknown' }];
      }
      const images = release.images.flatMap(({ container, image }) => {
        const before = previous.images.find(
          candidate => candidate.container === container,
        );
        if (before?.image === image) {
          return [];
        }
        const { repository } = parseImage(image);
        const isMoved =
          before !== undefined &&
          parseImage(before.image).repository !== repository;
        return [{ container, version: isMoved ? image : imageVersion(image) }];
      });
      return [
        release.id,
        images.length > 0 ? { kind: 'images', images } : { kind: 'settings' },
      ];
    }),
  );
}

/** Ids of what each workload runs now, or tries to. */
export function currentReleases(releases: readonly Release[]): Set<string> {
  const newest = new Map<string, Release>();
  for (const release of releases) {
    const known = newest.get(release.workload);
    if (!known || known.startedAt < release.startedAt) {
      newest.set(release.workload, release);
    }
  }
  return new Set([...newest.values()].map(({ id }) => id));
}
