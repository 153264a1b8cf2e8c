/** Why a query has no answer. @public */
export type PrometheusFailure =
  | 'timeout'
  | 'unreachable'
  | 'forbidden'
  | 'refused'
  | 'garbage';

/**
 * A query without an answer. The message is fit for a person.
 *
 * @public
 */
export class PrometheusError extends Error {
  readonly failure: PrometheusFailure;

  constructor(failure: PrometheusFailure, message: string) {
    super(message);
    // A dead upstream is a 503 of ours, whatever the upstream said.
    this.name = 'ServiceUnavailableError';
    this.failure = failure;
  }
}
