/**
 * Remembers what was read from an object for as long as the object lives.
 * Watch caches keep the same object until it changes, so of thousands only
 * those that changed are read again.
 */
export function memoize<T extends object, R>(
  read: (object: T) => R,
): (object: T) => R {
  const known = new WeakMap<T, R>();
  return object => {
    let result = known.get(object);
    if (result === undefined) {
      result = read(object);
      known.set(object, result);
    }
    return result;
  };
}
