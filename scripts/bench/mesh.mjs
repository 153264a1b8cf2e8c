/** What the graph costs its upstreams and us. */
import { request } from 'node:http';
import meshCommon from '@orrery/backstage-plugin-mesh-common';
import orreryNode from '@orrery/backstage-plugin-orrery-node';
import { freePorts } from '../lib/ports.mjs';
import { startPortal } from '../lib/portal.mjs';
import {
  countingProxy,
  guestToken,
  median,
  note,
  report,
  root,
  sleep,
  writeConfig,
} from './support.mjs';

const { buildGraph, graphQueries } = meshCommon;
const { HttpPrometheusClient } = orreryNode;
const WATCHED_SECONDS = 40;
const BUILDS = 9;

async function build() {
  const ports = await freePorts();
  const portal = await startPortal({
    root,
    ports,
    say: note,
    only: ['sandbox'],
    sandboxArguments: ['--services', '1000'],
  });
  try {
    await portal.ready();
    const client = new HttpPrometheusClient({
      url: `http://127.0.0.1:${ports.sandbox}/prometheus`,
      headers: {},
      timeoutSeconds: 60,
      maxConcurrency: 8,
      retentionDays: 1,
    });
    const { answers: series } = await client.queryAll(graphQueries(60), {
      timeMilliseconds: Date.now(),
    });
    const milliseconds = [];
    let size = 0;
    for (let round = 0; round < BUILDS; round++) {
      const startedAt = performance.now();
      const graph = buildGraph({
        clusters: [{ name: 'kepler-sh', series, objects: {} }],
        options: { graphType: 'workload', namespaces: [] },
      });
      size = JSON.stringify(graph).length;
      milliseconds.push(performance.now() - startedAt);
    }
    note(`  ${size} characters of JSON`);
    report('mesh.build.1000', median(milliseconds), 'ms', { limit: 200 });
  } finally {
    await portal.stop();
  }
}

/** Opens streams, as so many viewers would, and reads what comes. */
function openViewers(count, url, token) {
  const abort = new AbortController();
  for (let viewer = 0; viewer < count; viewer++) {
    fetch(url, {
      headers: { Authorization: `Bearer ${token}` },
      signal: abort.signal,
    })
      .then(async response => {
        for await (const _chunk of response.body) {
          // Reading is all that a viewer does.
        }
      })
      .catch(() => undefined);
  }
  return () => abort.abort();
}

async function queries() {
  const ports = await freePorts();
  const proxy = await countingProxy(
    `http://127.0.0.1:${ports.sandbox}/prometheus`,
  );
  const config = await writeConfig('app-config.bench.json', {
    orrery: {
      clusters: [{ name: 'kepler-sh', prometheus: { url: proxy.url } }],
    },
  });
  const portal = await startPortal({
    root,
    ports,
    say: note,
    only: ['sandbox', 'backend'],
    configFiles: [config],
  });
  try {
    await portal.ready();
    const token = await guestToken(ports.backend);
    const base = `http://localhost:${ports.backend}/api/mesh/graph`;
    // A moment that nobody has asked for yet.
    const at = new Date(Date.now() - 600_000).toISOString();
    const before = proxy.count();
    await fetch(`${base}?at=${at}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    report('mesh.queries.cold', proxy.count() - before, 'queries', {
      limit: 7,
    });
    let single;
    for (const viewers of [1, 10, 50]) {
      const close = openViewers(viewers, `${base}/stream`, token);
      await sleep(8_000);
      const start = proxy.count();
      await sleep(WATCHED_SECONDS * 1000);
      const perMinute = ((proxy.count() - start) * 60) / WATCHED_SECONDS;
      close();
      single ??= perMinute;
      report(`mesh.viewers.${viewers}`, perMinute, 'queries/min', {
        // Flat: one round of queries more may fall into the time watched.
        ...(viewers > 1 && { limit: single + 7.5 }),
      });
      await sleep(1_000);
    }
  } finally {
    await portal.stop();
    proxy.stop();
  }
}

/** How long a graph takes that others have asked for before. */
async function warm() {
  const ports = await freePorts();
  const portal = await startPortal({
    root,
    ports,
    say: note,
    only: ['sandbox', 'backend'],
    sandboxArguments: ['--services', '1000'],
  });
  try {
    await portal.ready();
    const token = await guestToken(ports.backend);
    const at = new Date(Date.now() - 60_000).toISOString();
    const ask = () =>
      new Promise((resolve, reject) => {
        const startedAt = performance.now();
        // As it comes over the wire: unpacking is the browser's.
        request(
          {
            host: '127.0.0.1',
            port: ports.backend,
            path: `/api/mesh/graph?at=${at}`,
            headers: {
              Authorization: `Bearer ${token}`,
              'Accept-Encoding': 'gzip',
            },
          },
          answer => {
            answer.resume();
            answer.on('end', () => resolve(performance.now() - startedAt));
          },
        )
          .on('error', reject)
          .end();
      });
    note(`  cold: ${Math.round(await ask())} ms`);
    const milliseconds = [];
    for (let round = 0; round < 4 * BUILDS; round++) {
      milliseconds.push(await ask());
    }
    report('mesh.warm.1000', median(milliseconds), 'ms', { limit: 50 });
  } finally {
    await portal.stop();
  }
}

await build();
await warm();
await queries();
