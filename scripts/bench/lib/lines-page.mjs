/** Serves a page with nothing but lines of logs, many or followed. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../support.mjs';

const OUT = join(root, '.cache/bench/lines');
/** As the backend's own batches. */
const BATCH_MILLISECONDS = 100;
const TYPES = { js: 'text/javascript', css: 'text/css', html: 'text/html' };
const PAGE =
  '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/linesPage.css"><body><script type="module" src="/linesPage.js"></script>';

let number = 0;

/** A line as the backend sends it. */
function line() {
  number += 1;
  return {
    id: `line-${number}`,
    at: new Date().toISOString(),
    level: number % 20 === 0 ? 'error' : 'info',
    text: `GET /api/orders/${number} HTTP/1.1 200 in ${number % 97} ms`,
    cluster: 'kepler',
    namespace: 'wealth',
    app: 'order',
    pod: `order-${number % 7}`,
    container: 'order',
    node: 'node-1',
    fields: {
      'log.level': 'info',
      'kubernetes.labels.app': 'order',
      'http.request.method': 'GET',
      'http.response.status_code': '200',
      'url.path': `/api/orders/${number}`,
    },
  };
}

/** Sends so many lines a second, as the backend does. */
function follow(response, linesPerSecond) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  const began = Date.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due =
      Math.floor(((Date.now() - began) / 1000) * linesPerSecond) - sent;
    sent += due;
    const lines = Array.from({ length: due }, line);
    response.write(
      `event: delta\ndata: ${JSON.stringify({ lines, skipped: 0 })}\n\n`,
    );
  }, BATCH_MILLISECONDS);
  response.on('close', () => clearInterval(timer));
}

/** @returns the address, and how to stop */
export async function serveLines(linesPerSecond) {
  await build({
    entryPoints: {
      linesPage: join(root, 'plugins/logs/src/__testUtils__/linesPage.tsx'),
      theme: '@backstage/ui/css/styles.css',
    },
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    outdir: OUT,
    absWorkingDir: root,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    loader: { '.svg': 'dataurl', '.css': 'css', '.module.css': 'local-css' },
    logLevel: 'error',
  });
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    if (pathname === '/api/logs/stream') {
      follow(response, linesPerSecond);
      return;
    }
    const body =
      pathname === '/'
        ? PAGE
        : await readFile(join(OUT, pathname.slice(1))).catch(() => undefined);
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': TYPES[pathname.split('.').pop()] ?? TYPES.html,
    });
    response.end(body);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
