/*
 * Upstreams that tests play, by replacing `fetch` for hosts that end with
 * `.test`. A library for this is a module of the new kind only, which Jest
 * cannot load where the backend's own modules of that kind are enabled.
 */

type Question = { request: Request };
type Answer = Response | undefined | Promise<Response | undefined>;
type Resolver = (question: Question) => Answer;

/** One route; the path may end with an asterisk. */
export type Handler = { method: string; url: string; resolve: Resolver };

const handler = (method: string) => (url: string, resolve: Resolver) => ({
  method,
  url,
  resolve,
});

/** Makes routes. A route without an answer leaves it to the one before. */
export const http = { get: handler('GET'), post: handler('POST') };

/** Makes answers. */
export const answers = {
  json: (body: unknown, init?: ResponseInit) => Response.json(body, init),
  text: (body: string, init?: ResponseInit) => new Response(body, init),
  html: (body: string, init?: ResponseInit) =>
    new Response(body, {
      ...init,
      headers: { 'Content-Type': 'text/html', ...init?.headers },
    }),
  bytes: (body: ArrayBuffer, init?: ResponseInit) => new Response(body, init),
  /** As if nobody listened. */
  unreachable: (): Response => {
    throw new TypeError('fetch failed');
  },
};

function fits(handled: Handler, method: string, url: string): boolean {
  if (handled.method !== method) {
    return false;
  }
  const [address] = url.split('?');
  return handled.url.endsWith('*')
    ? address.startsWith(handled.url.slice(0, -1))
    : address === handled.url;
}

/** Plays upstreams in every test of a file; routes are forgotten after each. */
export function playUpstreams() {
  const real = globalThis.fetch;
  let handlers: Handler[] = [];

  beforeAll(() => {
    globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (!new URL(request.url).hostname.endsWith('.test')) {
        return real(input, init);
      }
      for (const handled of handlers) {
        if (fits(handled, request.method, request.url)) {
          const answer = await handled.resolve({ request: request.clone() });
          if (answer) {
            return answer;
          }
        }
      }
      throw new TypeError(
        `No upstream is played for ${request.method} ${request.url}`,
      );
    };
  });

  afterEach(() => {
    handlers = [];
  });

  afterAll(() => {
    globalThis.fetch = real;
  });

  return {
    /** Adds routes; of several that fit, the one added last answers. */
    use(...added: Handler[]) {
      handlers = [...added, ...handlers];
    },
  };
}
