/** A release as [major, minor]. */
export type Version = readonly [number, number];

/** Whether a release is another one or a later one. */
export function atLeast(version: Version, other: Version): boolean {
  return (
    version[0] > other[0] || (version[0] === other[0] && version[1] >= other[1])
  );
}

/** Whether a release knows something that came with one and went with another. */
export function knows(
  version: Version,
  life: { since?: Version; until?: Version },
): boolean {
  if (life.since && !atLeast(version, life.since)) return false;
  return !(life.until && atLeast(version, life.until));
}
