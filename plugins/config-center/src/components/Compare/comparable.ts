import {
  compareKeys,
  type ConfigEntry,
  type ConfigTree,
  type KeyDifference,
} from '@orrery/backstage-plugin-config-center-common';

/** A key of two places, and whether it can be copied to the right. */
export type ComparedKey = KeyDifference<ConfigEntry> & {
  /** Why it is neither compared nor copied. */
  obstacle?: 'secret' | 'binary';
  canCopy: boolean;
};

function obstacleOf(
  entries: readonly (ConfigEntry | undefined)[],
): ComparedKey['obstacle'] {
  if (entries.some(entry => entry?.hasSecret)) {
    return 'secret';
  }
  return entries.some(entry => entry && entry.text === undefined)
    ? 'binary'
    : undefined;
}

/**
 * Keys of two places. Masked values tell nothing of whether they are equal,
 * and must not be written.
 */
export function comparedKeys(
  left: ConfigTree,
  right: ConfigTree,
): ComparedKey[] {
  return compareKeys(
    left.entries,
    right.entries,
    (one, other) => one.text === other.text,
  ).map(difference => {
    const obstacle = obstacleOf([difference.left, difference.right]);
    return {
      ...difference,
      ...(obstacle && { obstacle }),
      canCopy:
        obstacle === undefined &&
        (difference.state === 'different' || difference.state === 'onlyLeft'),
    };
  });
}
