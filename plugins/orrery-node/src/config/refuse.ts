/**
 * Ends the start of the backend over a value of the configuration.
 *
 * @throws Error that names the key, what was expected and what was found.
 * @public
 */
export function refuse(key: string, expected: string, actual: unknown): never {
  throw new Error(
    `Configuration ${key}: expected ${expected}, got ${JSON.stringify(actual)}`,
  );
}
