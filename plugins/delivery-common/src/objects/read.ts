/** What is at a path of untyped JSON; undefined where the path ends before. */
export function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (present, key) =>
      typeof present === 'object' && present !== null
        ? Reflect.get(present, key)
        : undefined,
    value,
  );
}

/** A list, or none where it is something else. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** True when an object of this name can be the app's. @public */
export function isNamedAfter(app: string, name: string): boolean {
  return name === app || name.startsWith(`${app}-`);
}
