import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, test } from 'node:test';
import { createApp } from './app.js';
import { loadConfig } from './config.js';
import { createLog } from './log.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';
const servers: Server[] = [];

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function play(environment: Record<string, string> = {}) {
  const lines: Record<string, unknown>[] = [];
  const config = loadConfig({
    SERVICE_NAME: 'played',
    SERVICE_VERSION: '1.2.3',
    ...environment,
  });
  const log = createLog({
    ...config,
    write: line => lines.push(JSON.parse(line)),
  });
  const app = createApp(config, log);
  const url = await listen(app.server);
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, { headers });
  return { app, get, lines, url };
}

test('answers items', async () => {
  const { get, url } = await play();
  assert.deepEqual(await (await get('/api/items/1')).json(), {
    id: '1',
    title: 'First',
  });
  for (const [path, status] of [
    ['/api/items?page=1', 200],
    ['/api/items/9', 404],
    ['/nowhere', 404],
  ] as const) {
    assert.equal((await get(path)).status, status, path);
  }
  const posted = await fetch(`${url}/api/items`, { method: 'POST' });
  assert.equal(posted.status, 405);
});

test('ends its readiness before its life', async () => {
  const { app, get } = await play();
  assert.equal((await get('/readyz')).status, 200);
  app.setReady(false);
  assert.equal((await get('/readyz')).status, 503);
  assert.equal((await get('/healthz')).status, 200);
});

test('logs requests with their trace', async () => {
  const { get, lines } = await play();
  await get('/api/items', { traceparent: `00-${traceId}-${spanId}-01` });
  await get('/healthz');
  assert.equal(lines.length, 1);
  const [{ '@timestamp': time, 'event.duration': duration, ...line } = {}] =
    lines;
  assert.ok(Date.parse(String(time)) > 0);
  assert.ok(Number(duration) > 0);
  assert.deepEqual(line, {
    'log.level': 'info',
    message: 'GET /api/items 200',
    'service.name': 'played',
    'service.version': '1.2.3',
    'trace.id': traceId,
    'span.id': spanId,
    'http.request.method': 'GET',
    'url.path': '/api/items',
    'http.response.status_code': 200,
  });
});

test('measures requests by route', async () => {
  const { get } = await play();
  await get('/api/items/1');
  await get('/api/items/2');
  await get('/healthz');
  const metrics = await (await get('/metrics')).text();
  assert.match(
    metrics,
    /http_server_requests_seconds_count\{method="GET",uri="\/api\/items\/\{id\}",status="200"\} 2/,
  );
  assert.match(metrics, /nodejs_eventloop_lag_seconds/);
  assert.doesNotMatch(metrics, /healthz/);
});

test('passes the trace on to upstreams', async () => {
  let received: IncomingHttpHeaders = {};
  const upstream = await listen(
    createServer((request, response) => {
      received = request.headers;
      response.writeHead(202).end();
    }),
  );
  const { get } = await play({ UPSTREAM_URL: upstream });
  const answer = await get('/api/upstream', { b3: `${traceId}-${spanId}-1` });
  assert.deepEqual(await answer.json(), { status: 202 });
  assert.equal(received.traceparent, `00-${traceId}-${spanId}-01`);
  assert.equal(received['x-b3-traceid'], traceId);
});

test('says when an upstream does not answer', async () => {
  const without = await play();
  assert.equal((await without.get('/api/upstream')).status, 501);
  const { get, lines } = await play({ UPSTREAM_URL: 'http://127.0.0.1:1' });
  assert.equal((await get('/api/upstream')).status, 502);
  assert.equal(lines[0]?.['log.level'], 'error');
});
