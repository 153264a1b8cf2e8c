/** A JSON object whose fields are not known. */
export type JsonObject = Record<string, unknown>;

/** Whether a JSON value is an object, not a list and not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one when it is anything else. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The value as a list; an empty one when it is anything else. */
export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The elements of a list that are objects. */
export function asObjects(value: unknown): JsonObject[] {
  return asList(value).filter(isObject);
}

/** The value as text; undefined when it is not text. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value as a number; undefined when it is not a number. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The value as a map of texts; entries of other types are left out. */
export function asTexts(value: unknown): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [key, entry] of Object.entries(asObject(value))) {
    if (typeof entry === 'string') {
      texts[key] = entry;
    }
  }
  return texts;
}

/** What stands at a dotted path of object fields, such as `spec.replicas`. */
export function at(value: unknown, path: string): unknown {
  let current = value;
  for (const field of path.split('.')) {
    if (!isObject(current)) {
      return undefined;
    }
    current = current[field];
  }
  return current;
}

/** Structural equality of two JSON values; undefined fields count as absent. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) {
    return true;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length &&
      left.every((entry, index) => sameJson(entry, right[index]))
    );
  }
  if (!isObject(left) || !isObject(right)) {
    return false;
  }
  for (const key in left) {
    if (!sameJson(left[key], right[key])) {
      return false;
    }
  }
  for (const key in right) {
    if (left[key] === undefined && right[key] !== undefined) {
      return false;
    }
  }
  return true;
}
