/** A key as it is in two places. @public */
export type KeyDifference<T> = {
  key: string;
  state: 'same' | 'different' | 'onlyLeft' | 'onlyRight';
  left?: T;
  right?: T;
};

/**
 * Keys of two prefixes beside each other, in the order of their names.
 *
 * @param isSame - whether two values are the same
 * @public
 */
export function compareKeys<T extends { key: string }>(
  left: readonly T[],
  right: readonly T[],
  isSame: (left: T, right: T) => boolean,
): KeyDifference<T>[] {
  const lefts = new Map(left.map(item => [item.key, item]));
  const rights = new Map(right.map(item => [item.key, item]));
  const keys = [...new Set([...lefts.keys(), ...rights.keys()])].sort();
  return keys.map(key => {
    const one = lefts.get(key);
    const other = rights.get(key);
    if (!one || !other) {
      return one
        ? { key, state: 'onlyLeft', left: one }
        : { key, state: 'onlyRight', right: other };
    }
    return {
      key,
      state: isSame(one, other) ? 'same' : 'different',
      left: one,
      right: other,
    };
  });
}
