/** What the backend costs on a mesh of 750 namespaces. */
import { freePorts } from '../lib/ports.mjs';
import { startPortal } from '../lib/portal.mjs';
import { startLargeUpstreams } from './lib/large-upstreams.mjs';
import {
  guestToken,
  largestResident,
  note,
  report,
  root,
  sleep,
  writeConfig,
} from './support.mjs';

const NAMESPACES = 750;
const WATCHED_SECONDS = 60;
const GIBIBYTE = 1073.7;
/**
 * Left alone, V8 lets garbage stand to twice what is alive and more; with a
 * limit it collects in time. Deployments set one like this.
 */
const HEAP_MEGABYTES = 640;

process.env.NODE_OPTIONS = `--max-old-space-size=${HEAP_MEGABYTES}`;
const upstreams = await startLargeUpstreams(NAMESPACES);
const config = await writeConfig('app-config.large.json', {
  catalog: { locations: [] },
  kubernetes: {
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: [
          {
            name: 'large',
            url: upstreams.kubernetes,
            authProvider: 'serviceAccount',
            serviceAccountToken: 'none',
          },
        ],
      },
    ],
  },
  orrery: {
    clusters: [
      {
        name: 'large',
        prometheus: { url: upstreams.prometheus, timeoutSeconds: 60 },
      },
    ],
  },
});
const ports = await freePorts();
const portal = await startPortal({
  root,
  ports,
  say: note,
  only: ['backend'],
  configFiles: [config],
});
try {
  await portal.ready();
  const { pid } = portal.services.find(service => service.name === 'backend');
  const token = await guestToken(ports.backend);
  const headers = { Authorization: `Bearer ${token}` };
  const base = `http://localhost:${ports.backend}/api/mesh/graph`;
  note(
    `  ${(await largestResident(pid)).toFixed(0)} MB before the first graph`,
  );
  const started = performance.now();
  const first = await fetch(base, { headers });
  const graph = await first.json();
  note(
    `  ${first.status}: ${graph.nodes?.length} nodes, ${
      graph.edges?.length
    } edges after ${Math.round(performance.now() - started)} ms`,
  );
  if (graph.nodes?.length !== upstreams.workloads) {
    throw new Error(JSON.stringify(graph).slice(0, 500));
  }
  const abort = new AbortController();
  fetch(`${base}/stream`, { headers, signal: abort.signal })
    .then(async response => {
      for await (const _chunk of response.body) {
        // Reading is all that a viewer does.
      }
    })
    .catch(() => undefined);
  let largest = 0;
  for (let second = 0; second < WATCHED_SECONDS; second++) {
    await sleep(1000);
    largest = Math.max(largest, await largestResident(pid));
  }
  abort.abort();
  report('mesh.memory.750ns', largest, 'MB', {
    limit: GIBIBYTE,
    heapLimit: HEAP_MEGABYTES,
  });
} finally {
  await portal.stop();
  upstreams.stop();
}
