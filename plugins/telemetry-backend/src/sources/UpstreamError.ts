/** An upstream that did not answer as it should. The message says why. */
export class UpstreamError extends Error {
  /** Status of its answer, where there was one. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    // Backstage's error middleware maps errors to status codes by this name.
    this.name = 'ServiceUnavailableError';
    this.status = status;
  }
}

/** Why something failed, for a reader. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
