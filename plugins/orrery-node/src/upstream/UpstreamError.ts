/** Names that Backstage's error middleware maps to HTTP status codes. */
const NAMES: Readonly<Record<number, string>> = {
  400: 'InputError',
  404: 'NotFoundError',
  409: 'ConflictError',
  422: 'InputError',
};

/**
 * An upstream that did not answer as it should. The message says why, fit for
 * people. What it forbids us is our configuration's fault and not the
 * caller's: it is an upstream that is not available.
 *
 * @public
 */
export class UpstreamError extends Error {
  /** Status of its answer, where there was one. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.name =
      (status !== undefined && NAMES[status]) || 'ServiceUnavailableError';
    this.status = status;
  }
}
