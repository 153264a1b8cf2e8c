import { ResponseError } from '@backstage/errors';

/**
 * The refusal in a response, with the server's own sentence as its message:
 * that one names the field and what was expected.
 *
 * @public
 */
export async function readResponseError(
  response: Response,
): Promise<ResponseError> {
  const error = await ResponseError.fromResponse(response);
  const sentence = error.body.error.message;
  if (sentence) {
    error.message = sentence;
  }
  return error;
}
