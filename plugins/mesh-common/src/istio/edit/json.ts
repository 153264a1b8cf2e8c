/** A JSON object whose fields are not known. */
export type Json = { readonly [field: string]: unknown };

/** The value when it is a JSON object, otherwise an empty one. */
export function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

/** The JSON objects of a list; nothing for what is no list. */
export function asObjects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}

/** The value when it is a text. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The texts of a list; nothing for what is no list. */
export function asTexts(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter(entry => typeof entry === 'string')
    : [];
}

/** A copy without some fields, the others in their order. */
export function without(object: Json, ...fields: readonly string[]): Json {
  return Object.fromEntries(
    Object.entries(object).filter(([field]) => !fields.includes(field)),
  );
}

/**
 * Whether two JSON values say the same, whatever the order of their fields.
 *
 * @public
 */
export function isSameJson(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length &&
      left.every((entry, index) => isSameJson(entry, right[index]))
    );
  }
  if (
    typeof left !== 'object' ||
    typeof right !== 'object' ||
    left === null ||
    right === null ||
    Array.isArray(left) !== Array.isArray(right)
  ) {
    return left === right;
  }
  const [ours, theirs] = [asObject(left), asObject(right)];
  const fields = Object.keys(ours);
  return (
    fields.length === Object.keys(theirs).length &&
    fields.every(
      field => field in theirs && isSameJson(ours[field], theirs[field]),
    )
  );
}

/** A copy of an object with other fields in its `spec`. */
export function withSpec<T extends { [field: string]: unknown }>(
  object: T,
  change: Json,
): T {
  return { ...object, spec: { ...asObject(object.spec), ...change } };
}
