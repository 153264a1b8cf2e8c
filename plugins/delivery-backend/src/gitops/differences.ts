/** A step down into a manifest: a field, or the item of a list that has a name. */
export type Step = string | { name: string };

/** One value that is to be another; undefined takes it away. */
export type Difference = {
  path: readonly Step[];
  before: unknown;
  after: unknown;
};

type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lists whose items are told apart by their names: containers, variables, volumes. */
function byName(value: unknown): Map<string, Json> | undefined {
  if (!Array.isArray(value)) {
    return undefined;
  }
  const items = new Map<string, Json>();
  for (const item of value) {
    if (!isObject(item) || typeof item.name !== 'string') {
      return undefined;
    }
    items.set(item.name, item);
  }
  return items.size === value.length ? items : undefined;
}

/**
 * What makes one object the other, as small as it can be told. Lists of named
 * items are compared item by item; others are one value.
 */
export function differencesBetween(
  before: unknown,
  after: unknown,
  path: readonly Step[] = [],
): Difference[] {
  if (isObject(before) && isObject(after)) {
    const fields = [
      ...new Set([...Object.keys(before), ...Object.keys(after)]),
    ];
    return fields.flatMap(field =>
      differencesBetween(before[field], after[field], [...path, field]),
    );
  }
  const left = byName(before);
  const right = byName(after);
  if (left && right) {
    return [...new Set([...left.keys(), ...right.keys()])].flatMap(name =>
      differencesBetween(left.get(name), right.get(name), [...path, { name }]),
    );
  }
  return JSON.stringify(before) === JSON.stringify(after)
    ? []
    : [{ path, before, after }];
}
