/** Why a store gave no answer. */
export type LogStoreFailure =
  | 'unreachable'
  | 'timeout'
  | 'forbidden'
  | 'rejected'
  | 'red'
  | 'refused'
  | 'tooLarge'
  | 'expired'
  | 'garbage';

/** A question without an answer. The message is fit for a person. */
export class LogStoreError extends Error {
  readonly failure: LogStoreFailure;
  /** When to ask again, where the store said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    failure: LogStoreFailure,
    message: string,
    retryAfterSeconds?: number,
  ) {
    super(message);
    // A dead upstream is a 503 of ours, whatever the upstream said.
    this.name = 'ServiceUnavailableError';
    this.failure = failure;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
