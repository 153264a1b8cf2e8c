function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two JSON values are the same. */
function isSame(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length &&
      left.every((item, index) => isSame(item, right[index]))
    );
  }
  if (isObject(left) && isObject(right)) {
    const fields = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...fields].every(field => isSame(left[field], right[field]));
  }
  return left === right;
}

/**
 * The merge patch (RFC 7396) that makes one object the other; undefined when
 * they are the same. Lists are replaced as a whole, so a patch of them needs
 * a precondition. It works on every kind, custom resources included.
 *
 * @public
 */
export function mergePatchBetween(
  before: unknown,
  after: unknown,
): object | undefined {
  if (isSame(before, after)) {
    return undefined;
  }
  if (!isObject(before) || !isObject(after)) {
    throw new TypeError('A merge patch is between objects');
  }
  const patch: Record<string, unknown> = {};
  for (const field of new Set([
    ...Object.keys(before),
    ...Object.keys(after),
  ])) {
    const [left, right] = [before[field], after[field]];
    if (isSame(left, right)) {
      continue;
    }
    if (right === undefined) {
      // A merge patch says with null that a field goes.
      patch[field] = null;
    } else {
      patch[field] =
        isObject(left) && isObject(right)
          ? mergePatchBetween(left, right)
          : right;
    }
  }
  return patch;
}
