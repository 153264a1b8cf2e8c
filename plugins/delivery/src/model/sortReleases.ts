import type { Release } from '@orrery/backstage-plugin-delivery-common';

/** Columns by which releases are sorted. */
export const RELEASE_ORDERS = [
  'service',
  'version',
  'when',
  'who',
  'errors',
  'outcome',
] as const;

/** @public */
export type ReleaseOrder = (typeof RELEASE_ORDERS)[number];

function keyOf(release: Release, order: ReleaseOrder): string | number {
  switch (order) {
    case 'service':
      return release.app;
    case 'version':
      return release.version ?? '';
    case 'who':
      return release.actor.name ?? release.actor.sentence;
    case 'outcome':
      return release.state;
    case 'errors':
      // What is not known comes after all that is.
      return release.after?.errorShare ?? -1;
    default:
      return release.startedAt;
  }
}

/** Releases in an order; those that are equal by it stay the newest first. */
export function sortReleases(
  releases: readonly Release[],
  order: ReleaseOrder,
  isDescending: boolean,
): Release[] {
  const sign = isDescending ? -1 : 1;
  return [...releases].sort((left, right) => {
    const [one, other] = [keyOf(left, order), keyOf(right, order)];
    const difference =
      typeof one === 'number' && typeof other === 'number'
        ? one - other
        : String(one).localeCompare(String(other), undefined, {
            numeric: true,
          });
    return sign * difference || right.startedAt.localeCompare(left.startedAt);
  });
}
