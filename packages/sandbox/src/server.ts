import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Facade } from './facade';
import { drain, sendJson, sendText } from './http';
import type { IncidentRegistry } from './incidents';
import { renderPage } from './page';

/** What the sandbox's one port serves. */
export interface ServerOptions {
  cluster: string;
  /** One line about the world. */
  summary: string;
  facades: readonly Facade[];
  incidents: IncidentRegistry;
  catalog: (request: IncomingMessage, response: ServerResponse) => void;
  status: () => Record<string, unknown>;
}

type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => Promise<void> | void;

function originOf(request: IncomingMessage): string {
  return `http://${request.headers.host ?? 'localhost'}`;
}

/** Forms in a browser get a page back, other clients JSON. */
function wantsPage(request: IncomingMessage): boolean {
  return (request.headers.accept ?? '').includes('text/html');
}

/** Another site's page must not be able to start incidents from a visitor's browser. */
function isForeign(request: IncomingMessage): boolean {
  const { origin } = request.headers;
  return origin !== undefined && origin !== originOf(request);
}

async function handleIncident(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  action: 'start' | 'stop',
): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('Allow', 'POST');
    sendJson(response, 405, { error: `use POST to ${action} an incident` });
    return;
  }
  if (isForeign(request)) {
    sendJson(response, 403, {
      error: 'incidents are started from this origin only',
    });
    return;
  }
  await drain(request);
  const state = options.incidents[action](name);
  if (!state) {
    const known = options.incidents.list().map(incident => incident.name);
    sendJson(response, 404, {
      error: `there is no incident ${name}; known are ${known.join(', ')}`,
    });
  } else if (wantsPage(request)) {
    response.writeHead(303, { Location: '/' }).end();
  } else sendJson(response, 200, state);
}

function ownRoutes(options: ServerOptions): Record<string, Handler> {
  return {
    '/': (request, response) => {
      const page = renderPage({
        origin: originOf(request),
        cluster: options.cluster,
        summary: options.summary,
        facades: options.facades,
        incidents: options.incidents.list(),
      });
      response
        .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
        .end(page);
    },
    // The port opens when the first samples are there, and their past before them.
    '/healthz': (_, response) => sendText(response, 200, 'ok\n'),
    '/status': (_, response) => sendJson(response, 200, options.status()),
    '/incidents': (_, response) =>
      sendJson(response, 200, options.incidents.list()),
    '/catalog/all.yaml': (request, response) =>
      options.catalog(request, response),
  };
}

function findFacade(
  facades: readonly Facade[],
  path: string,
): Facade | undefined {
  return facades.find(
    ({ prefix }) => path === prefix || path.startsWith(`${prefix}/`),
  );
}

async function dispatch(
  options: ServerOptions,
  routes: Record<string, Handler>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const facade = findFacade(options.facades, url.pathname);
  if (facade) {
    const path = url.pathname.slice(facade.prefix.length) || '/';
    await facade.handle(request, response, path, url.searchParams);
    return;
  }
  const incident = /^\/incidents\/([^/]+)\/(start|stop)$/.exec(url.pathname);
  if (incident) {
    await handleIncident(
      options,
      request,
      response,
      decodeURIComponent(incident[1]),
      incident[2] === 'start' ? 'start' : 'stop',
    );
    return;
  }
  const route = routes[url.pathname];
  if (!route) {
    const known = [
      ...Object.keys(routes),
      ...options.facades.map(({ prefix }) => `${prefix}/...`),
    ];
    sendJson(response, 404, {
      error: `nothing is served at ${url.pathname}; known are ${known.join(
        ', ',
      )}`,
    });
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    sendJson(response, 405, { error: `use GET for ${url.pathname}` });
  } else await route(request, response, url);
}

/** The HTTP server of the sandbox; not yet listening. */
export function createSandboxServer(options: ServerOptions): Server {
  const routes = ownRoutes(options);
  const server = createServer((request, response) => {
    dispatch(options, routes, request, response).catch(error => {
      if (response.headersSent) response.destroy();
      else {
        sendJson(response, error instanceof URIError ? 400 : 500, {
          error: error instanceof Error ? error.message : String(error),
        });
      }
    });
  });
  // Watches and event streams stay open for as long as their clients like.
  server.requestTimeout = 0;
  return server;
}
