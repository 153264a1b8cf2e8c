import { isError } from '@backstage/errors';

/**
 * Why a request got no answer, in words. Node's fetch hides the reason of a
 * failed connection in `cause`.
 *
 * @public
 */
export function connectionFailure(error: unknown): string {
  if (!isError(error)) {
    return String(error);
  }
  if (error.name === 'TimeoutError') {
    return 'it did not answer in time';
  }
  const { cause } = error;
  if (isError(cause)) {
    // Trying several addresses fails with one error without a message.
    const code = Reflect.get(cause, 'code');
    return cause.message || (typeof code === 'string' ? code : cause.name);
  }
  return error.message;
}
