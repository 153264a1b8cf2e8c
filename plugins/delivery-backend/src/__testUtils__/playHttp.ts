import { createServer } from 'node:http';
import { listen } from './listen';

/** What a played upstream answers: a status and a body that becomes JSON. */
export type Played = { status: number; body?: unknown };

/**
 * A small upstream on loopback. Answers are by method and path, such as
 * `GET /api/v4/projects/a%2Fb`; what is not there is a 404.
 */
export async function playHttp(
  answers: Record<string, Played | ((body: unknown) => Played)>,
) {
  const seen: string[] = [];
  const state = { isDown: false };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) {
      text += part;
    }
    const path = (request.url ?? '').split('?')[0];
    const key = `${request.method} ${path}`;
    seen.push(`${request.method} ${request.url}`);
    const found = answers[key];
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const played = typeof found === 'function' ? found(body) : found;
    const answer = state.isDown
      ? { status: 502, body: 'Bad gateway' }
      : played ?? { status: 404, body: { message: '404 Not Found' } };
    response.writeHead(answer.status, { 'Content-Type': 'application/json' });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  });
  return {
    ...(await listen(server)),
    answers,
    seen,
    state,
  };
}
