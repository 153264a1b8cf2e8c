/** Why Consul gave no answer. */
export type ConsulFailure =
  | 'unreachable'
  | 'timeout'
  | 'forbidden'
  | 'refused'
  | 'tooLarge'
  | 'garbage';

/** A question without an answer. The message is fit for a person. */
export class ConsulError extends Error {
  readonly failure: ConsulFailure;

  constructor(failure: ConsulFailure, message: string) {
    super(message);
    // A dead upstream is a 503 of ours, whatever the upstream said.
    this.name = 'ServiceUnavailableError';
    this.failure = failure;
  }
}
