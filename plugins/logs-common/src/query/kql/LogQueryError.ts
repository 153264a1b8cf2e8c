/**
 * A query that cannot be read, with the place that is to blame: the caret
 * belongs under `position` (UTF-16 units) for `length` units, at least one.
 *
 * @public
 */
export class LogQueryError extends Error {
  /** The name by which Backstage answers 400. */
  readonly name = 'InputError';
  readonly position: number;
  readonly length: number;

  constructor(message: string, position: number, length = 1) {
    super(message);
    this.position = position;
    this.length = Math.max(1, length);
  }
}

/**
 * The query with a caret line under the place that is to blame.
 *
 * @public
 */
export function pointAtError(query: string, error: LogQueryError): string {
  const lineStart = query.lastIndexOf('\n', error.position - 1) + 1;
  const nextBreak = query.indexOf('\n', error.position);
  const line = query.slice(
    lineStart,
    nextBreak === -1 ? query.length : nextBreak,
  );
  const indent = error.position - lineStart;
  return `${line}\n${' '.repeat(indent)}${'^'.repeat(error.length)}`;
}
