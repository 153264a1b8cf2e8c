import type { JsonObject } from '../values';

/** Adds fields that are absent; answers the same object when none is. */
export function fill<T extends JsonObject>(value: T, defaults: JsonObject): T {
  const missing = Object.entries(defaults).filter(
    ([key]) => value[key] === undefined,
  );
  return missing.length === 0
    ? value
    : { ...value, ...Object.fromEntries(missing) };
}
