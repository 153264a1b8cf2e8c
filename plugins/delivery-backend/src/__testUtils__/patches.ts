type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7386: null takes a field away, arrays are replaced. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  return patched(target, patch, (_old, next) => next);
}

/** Kubernetes' strategic merge, as far as lists merge by the key `name`. */
export function strategicPatch(target: unknown, patch: unknown): unknown {
  return patched(target, patch, mergeByName);
}

function patched(
  target: unknown,
  patch: unknown,
  mergeLists: (old: unknown, next: unknown[]) => unknown,
): unknown {
  if (Array.isArray(patch)) {
    return mergeLists(target, patch);
  }
  if (!isObject(patch)) {
    return patch;
  }
  const result: Json = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[name];
    } else {
      result[name] = patched(result[name], value, mergeLists);
    }
  }
  return result;
}

function mergeByName(old: unknown, next: unknown[]): unknown {
  const isNamed = next.every(item => isObject(item) && 'name' in item);
  if (!Array.isArray(old) || !isNamed) {
    return next;
  }
  const result = [...old];
  for (const item of next) {
    const name = isObject(item) ? item.name : undefined;
    const at = result.findIndex(
      candidate => isObject(candidate) && candidate.name === name,
    );
    const isDeletion = isObject(item) && item.$patch === 'delete';
    if (at < 0) {
      result.push(item);
    } else if (isDeletion) {
      result.splice(at, 1);
    } else {
      result[at] = strategicPatch(result[at], item);
    }
  }
  return result;
}
