import { HttpResponse } from 'msw';

/** A refusal in the form in which Backstage's backends write it. */
export function refuse(statusCode: number, message: string): Response {
  return HttpResponse.json(
    { error: { name: 'Error', message }, response: { statusCode } },
    { status: statusCode },
  );
}
