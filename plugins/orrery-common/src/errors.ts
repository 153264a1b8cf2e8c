/**
 * A value from outside that cannot be used. Routers answer it with 400; the
 * message names the field and says what was expected.
 *
 * @public
 */
export class InvalidValueError extends Error {
  readonly field: string;
  readonly expected: string;

  constructor(field: string, expected: string, actual?: unknown) {
    const shown =
      actual === undefined ? 'nothing' : JSON.stringify(actual).slice(0, 120);
    super(`${field}: expected ${expected}, got ${shown}`);
    // Backstage's error middleware maps errors to status codes by this name.
    this.name = 'InputError';
    this.field = field;
    this.expected = expected;
  }
}
