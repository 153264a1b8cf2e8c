import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Config } from './config.js';
import { findItem, listItems } from './items.js';
import type { Log } from './log.js';
import { createMetrics } from './metrics.js';
import { tracedFetch, traceFrom, withTrace } from './trace.js';

interface Answer {
  status: number;
  body: unknown;
}

interface Route {
  /** The path as it is measured: ids have names in it. */
  pattern: string;
  path: RegExp;
  answer(parameters: Record<string, string>): Answer | Promise<Answer>;
}

/** The service; `setReady(false)` makes it drain. */
export interface App {
  server: Server;
  setReady(isReady: boolean): void;
}

const UPSTREAM_TIMEOUT_MILLISECONDS = 5_000;

function send(response: ServerResponse, { status, body }: Answer) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** The service with all that surrounds each request. */
export function createApp(config: Config, log: Log): App {
  const metrics = createMetrics();
  let ready = true;

  async function askUpstream(): Promise<Answer> {
    if (!config.upstreamUrl) {
      return { status: 501, body: { error: 'UPSTREAM_URL is not set' } };
    }
    try {
      const answer = await tracedFetch(config.upstreamUrl, {
        signal: AbortSignal.timeout(UPSTREAM_TIMEOUT_MILLISECONDS),
      });
      await answer.arrayBuffer();
      return { status: 200, body: { status: answer.status } };
    } catch (error) {
      log.error('the upstream did not answer', {
        'error.message': String(error),
      });
      return { status: 502, body: { error: 'the upstream did not answer' } };
    }
  }

  const routes: Route[] = [
    {
      pattern: '/api/items',
      path: /^\/api\/items$/,
      answer: () => ({ status: 200, body: { items: listItems() } }),
    },
    {
      pattern: '/api/items/{id}',
      path: /^\/api\/items\/(?<id>[^/]+)$/,
      answer: ({ id = '' }) => {
        const item = findItem(id);
        return item
          ? { status: 200, body: item }
          : { status: 404, body: { error: `there is no item ${id}` } };
      },
    },
    {
      pattern: '/api/upstream',
      path: /^\/api\/upstream$/,
      answer: askUpstream,
    },
  ];

  async function answerRequest(request: IncomingMessage, path: string) {
    for (const route of routes) {
      const match = route.path.exec(path);
      if (match && request.method === 'GET') {
        const answer = await route.answer({ ...match.groups });
        return { ...answer, pattern: route.pattern };
      }
      if (match) {
        const body = { error: 'expected GET' };
        return { status: 405, body, pattern: route.pattern };
      }
    }
    const body = { error: 'there is nothing here' };
    return { status: 404, body, pattern: 'unmatched' };
  }

  async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ) {
    const startedAt = process.hrtime.bigint();
    const method = request.method ?? 'GET';
    const { pattern, ...answer } = await answerRequest(request, path).catch(
      (error: unknown) => {
        log.error('a request failed', { 'error.message': String(error) });
        const body = { error: 'internal error' };
        return { status: 500, body, pattern: 'failed' };
      },
    );
    send(response, answer);
    const duration = Number(process.hrtime.bigint() - startedAt);
    metrics.observe(method, pattern, answer.status, duration / 1e9);
    log.info(`${method} ${path} ${answer.status}`, {
      'http.request.method': method,
      'url.path': path,
      'http.response.status_code': answer.status,
      'event.duration': duration,
    });
  }

  const server = createServer((request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?');
    // Probes and scrapes are no traffic: they are neither logged nor measured.
    if (path === '/healthz') {
      send(response, { status: 200, body: { status: 'alive' } });
    } else if (path === '/readyz') {
      const status = ready ? 'ready' : 'draining';
      send(response, { status: ready ? 200 : 503, body: { status } });
    } else if (path === '/metrics') {
      void metrics.render().then(text => {
        response.writeHead(200, { 'content-type': metrics.contentType });
        response.end(text);
      });
    } else {
      void withTrace(traceFrom(request.headers), () =>
        serve(request, response, path),
      );
    }
  });
  return {
    server,
    setReady(isReady) {
      ready = isReady;
    },
  };
}
