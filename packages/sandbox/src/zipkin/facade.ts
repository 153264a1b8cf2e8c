import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock';
import type { Facade } from '../facade';
import { sendJson, sendText } from '../http';
import type { LiveCluster } from '../simulator/live/cluster';
import { createMembership } from '../simulator/live/membership';
import type { TraceBook } from '../simulator/traces';
import { createReporter } from './createReporter';
import { DEFAULT_LOOKBACK, QueryError, readQuery } from './query';
import { TraceStore } from './TraceStore';

export interface ZipkinOptions {
  book: TraceBook;
  cluster: LiveCluster;
  clusterName: string;
  clock: Clock;
}

type Answer = (
  store: TraceStore,
  query: URLSearchParams,
  now: number,
) => unknown;

function required(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value === null || value === '') {
    throw new QueryError(`Missing required parameter: ${name}`);
  }
  return value;
}

function traceId(text: string): string {
  if (/^[0-9a-f]{1,32}$/.test(text)) return text;
  throw new QueryError(
    `${text} should be a 1 to 32 character lower-hex string with no prefix`,
  );
}

const routes: Readonly<Record<string, Answer>> = {
  '/health': () => ({
    status: 'UP',
    zipkin: {
      status: 'UP',
      details: { 'InMemoryStorage{}': { status: 'UP' } },
    },
  }),
  '/info': () => ({ zipkin: { version: '3.5.1', commit: 'f1c1e3b' } }),
  '/config.json': () => ({
    environment: '',
    queryLimit: 10,
    defaultLookback: 900_000,
    searchEnabled: true,
    logsUrl: null,
    supportUrl: null,
    archivePostUrl: null,
    archiveUrl: null,
    dependency: { enabled: true, lowErrorRate: 0.5, highErrorRate: 0.75 },
  }),
  '/api/v2/services': ({ catalog }) => catalog.services(),
  '/api/v2/spans': ({ catalog }, query) =>
    catalog.spanNames(required(query, 'serviceName').toLowerCase()),
  '/api/v2/remoteServices': ({ catalog }, query) =>
    catalog.remoteServices(required(query, 'serviceName').toLowerCase()),
  '/api/v2/traces': (store, query, now) => store.search(readQuery(query, now)),
  '/api/v2/traceMany': (store, query) => {
    const ids = required(query, 'traceIds').split(',').map(traceId);
    return [...new Set(ids)].flatMap(id => {
      const spans = store.find(id);
      return spans ? [spans] : [];
    });
  },
  '/api/v2/dependencies': (store, query) => {
    const endTs = Number(required(query, 'endTs'));
    const lookback = Number(query.get('lookback') ?? DEFAULT_LOOKBACK);
    if (!(endTs > 0)) throw new QueryError('endTs <= 0');
    if (!(lookback > 0)) throw new QueryError('lookback <= 0');
    return store.dependencies(endTs, lookback);
  },
  '/api/v2/autocompleteKeys': store => store.keys(),
  '/api/v2/autocompleteValues': ({ catalog }, query) =>
    catalog.values(required(query, 'key')),
};

function answerTrace(
  store: TraceStore,
  text: string,
  response: ServerResponse,
): void {
  const spans = store.find(traceId(text));
  if (spans) sendJson(response, 200, spans);
  else sendText(response, 404, `${text} not found`);
}

/** The store of the mesh's traces, over Zipkin's v2 API, to read only. */
export function createZipkin(options: ZipkinOptions): Facade {
  const { book, cluster, clusterName, clock } = options;
  const isMine = createMembership(cluster);
  const report = createReporter(clusterName, isMine);
  const store = new TraceStore({ book, clock, report, isMine });
  const listing = setInterval(() => store.advance(), 1000);
  listing.unref();
  return {
    prefix: '/zipkin',
    title: 'Zipkin with the traces of the mesh',
    examples: [
      'curl {origin}/zipkin/api/v2/services',
      `curl '{origin}/zipkin/api/v2/traces?serviceName=payment.wealth&annotationQuery=error&limit=1'`,
    ],
    handle(request, response, path, query) {
      request.resume();
      const { method } = request;
      if (method !== 'GET' && method !== 'HEAD') {
        response.setHeader('Allow', 'GET, HEAD');
        sendText(response, 405, 'Method Not Allowed');
        return;
      }
      store.advance();
      const trace = /^\/api\/v2\/trace\/([^/]*)$/.exec(path);
      const answer = routes[path];
      try {
        if (trace) answerTrace(store, trace[1], response);
        else if (!answer) sendText(response, 404, 'Not Found');
        else sendJson(response, 200, answer(store, query, clock.now()));
      } catch (error) {
        if (!(error instanceof QueryError)) throw error;
        sendText(response, 400, error.message);
      }
    },
    close: () => clearInterval(listing),
  };
}
