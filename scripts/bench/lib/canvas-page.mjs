/** Serves a page with nothing but the canvas, on synthetic meshes that live. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../support.mjs';

const OUT = join(root, '.cache/bench');
const REFRESH_MILLISECONDS = 2_000;

/** Bundles our own TypeScript for Node, and imports it. */
export async function importBundled(name, source) {
  const outfile = join(OUT, `${name}.mjs`);
  await build({
    stdin: { contents: source, resolveDir: join(root, 'plugins/mesh') },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    // A CommonJS module among them asks for what Node brings along.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  return import(`${pathToFileURL(outfile).href}?${Date.now()}`);
}

async function bundlePage() {
  await build({
    entryPoints: {
      canvasPage: join(root, 'plugins/mesh/src/__testUtils__/canvasPage.tsx'),
      theme: '@backstage/ui/css/styles.css',
    },
    bundle: true,
    minify: !process.env.PLAIN,
    format: 'esm',
    splitting: true,
    outdir: join(OUT, 'page'),
    absWorkingDir: root,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    loader: { '.svg': 'dataurl', '.css': 'css', '.module.css': 'local-css' },
    logLevel: 'error',
  });
}

/** The same graph with other rates everywhere, as after a busy interval. */
function shaken(graph) {
  const change = item => ({
    ...item.traffic,
    requestsPerSecond:
      item.traffic.requestsPerSecond * (0.9 + Math.random() / 5),
  });
  return {
    ...graph,
    at: new Date().toISOString(),
    edges: graph.edges.map(edge => ({ ...edge, traffic: change(edge) })),
    nodes: graph.nodes.map(node => ({
      ...node,
      inbound: change({ traffic: node.inbound }),
    })),
  };
}

const TYPES = { js: 'text/javascript', css: 'text/css', html: 'text/html' };

/** @returns the address, and how to stop */
export async function serveCanvas() {
  const [mesh] = await Promise.all([
    importBundled(
      'mesh-data',
      `export { syntheticGraph } from './src/__testUtils__/syntheticGraph';
       export { diffGraphs, splitDelta, splitSnapshot } from '@orrery/backstage-plugin-mesh-common';`,
    ),
    bundlePage(),
  ]);
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    if (url.pathname === '/api/mesh/graph/stream') {
      stream(mesh, Number(url.searchParams.get('namespaces')), response);
      return;
    }
    const file = {
      '/': undefined,
      '/elkjs/lib/elk-worker.min.js': join(
        root,
        'node_modules/elkjs/lib/elk-worker.min.js',
      ),
    };
    const path = file[url.pathname] ?? join(OUT, 'page', url.pathname.slice(1));
    const body =
      url.pathname === '/'
        ? '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/canvasPage.css"><body><script type="module" src="/canvasPage.js"></script>'
        : await readFile(path).catch(() => undefined);
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': TYPES[url.pathname.split('.').pop()] ?? TYPES.html,
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

function stream(
  { syntheticGraph, diffGraphs, splitDelta, splitSnapshot },
  count,
  response,
) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  const send = (event, part) =>
    response.write(`event: ${event}\ndata: ${JSON.stringify(part)}\n\n`);
  let graph = syntheticGraph(count);
  for (const part of splitSnapshot(graph)) {
    send('snapshot', part);
  }
  const timer = setInterval(() => {
    const next = shaken(graph);
    for (const part of splitDelta(diffGraphs(graph, next))) {
      send('delta', part);
    }
    graph = next;
  }, REFRESH_MILLISECONDS);
  response.on('close', () => clearInterval(timer));
}
