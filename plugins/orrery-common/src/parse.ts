import type { z } from 'zod';
import { InvalidValueError } from './errors';

/**
 * Parses a value from outside with a schema and reports the first problem
 * with the path of its field.
 *
 * @param where - the name of the whole, such as `body` or `query`
 * @throws InvalidValueError
 * @public
 */
export function parseWith<T extends z.ZodType>(
  schema: T,
  value: unknown,
  where: string,
): z.infer<T> {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const [issue] = result.error.issues;
  const field = issue.path.length > 0 ? issue.path.join('.') : where;
  let actual = value;
  for (const key of issue.path) {
    actual =
      typeof actual === 'object' && actual !== null
        ? Reflect.get(actual, key)
        : undefined;
  }
  throw new InvalidValueError(
    field,
    issue.message
      .replace(/^[A-Z][a-z]+( [a-z]+)*: expected /, '')
      .replace(/, received .*$/, ''),
    actual,
  );
}
