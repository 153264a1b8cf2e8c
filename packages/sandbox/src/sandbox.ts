import type { Server } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createCatalogHandler } from './catalog';
import { createClockwork } from './clockwork';
import type { ServeOptions } from './command';
import { IncidentRegistry } from './incidents';
import { createPlatform, type Platform } from './platform';
import { createSandboxServer } from './server';
import type { World } from './world/types';

/** A running sandbox. */
export interface Sandbox {
  /** Address without a trailing slash. */
  url: string;
  world: World;
  close(): Promise<void>;
}

function describe({ apps, namespaces, nodes }: World): string {
  return `${apps.length} services in ${namespaces.length} namespaces on ${nodes.length} nodes`;
}

/** The port that was really taken, as 0 asks for any. */
function portOf(server: Server): number | undefined {
  const address = server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

/** What the world is made of, for `/status`. */
function sizes({ world, kubernetes, prometheus, simulator }: Platform) {
  return {
    cluster: world.cluster,
    services: world.apps.length,
    namespaces: world.namespaces.length,
    nodes: world.nodes.length,
    pods: kubernetes.store.list('pods').length,
    flows: simulator.flows(),
    series: prometheus.memory().series,
  };
}

/** Milliseconds of nanoseconds, with two decimals. */
const milliseconds = (nanoseconds: number) =>
  Math.round(nanoseconds / 1e4) / 100;

/**
 * Builds the world and starts serving it on loopback.
 * @throws the error of `listen`, such as EADDRINUSE
 */
export async function startSandbox(options: ServeOptions): Promise<Sandbox> {
  const platform = createPlatform(options);
  const { world, clock, effects, kubernetes, prometheus, simulator } = platform;
  const incidents = new IncidentRegistry({
    world,
    store: kubernetes.store,
    effects,
    clock,
    reviewPod: (namespace, name) =>
      kubernetes.controllers.reviewPod(namespace, name),
  });
  const clockwork = createClockwork(platform, incidents);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  const facades = [kubernetes.facade, prometheus.facade];
  const server = createSandboxServer({
    cluster: world.cluster,
    summary: describe(world),
    facades,
    incidents,
    catalog: createCatalogHandler(world),
    status: () => ({
      ...sizes(platform),
      seed: options.seed,
      speed: options.speed,
      scrapeIntervalMilliseconds: platform.scrapeIntervalMilliseconds,
      ...clockwork.statistics(),
      eventLoopDelayMilliseconds: {
        max: milliseconds(delay.max),
        p99: milliseconds(delay.percentile(99)),
        mean: milliseconds(delay.mean),
      },
      residentBytes: process.memoryUsage.rss(),
    }),
  });
  await clockwork.prepare();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  delay.enable();
  clockwork.start();
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    world,
    async close() {
      clockwork.stop();
      delay.disable();
      simulator.close();
      await Promise.all(facades.map(facade => facade.close?.()));
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
