import type { Server } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createCatalogHandler } from './catalog';
import { systemClock } from './clock';
import type { ServeOptions } from './command';
import { IncidentRegistry } from './incidents';
import { createKubernetes } from './kubernetes';
import { createPrometheus } from './prometheus';
import { createRandom } from './random';
import { createSandboxServer } from './server';
import {
  createSimulator,
  Effects,
  imageExists,
  podHealth,
  type Simulator,
} from './simulator';
import { Autoscaler } from './simulator/autoscaler';
import { createResourceMetrics } from './simulator/resourceMetrics';
import { Ticker } from './ticker';
import { applyWorld } from './world/apply';
import { defaultWorld } from './world/default';
import { generateWorld } from './world/generated/generate';
import { injectMesh } from './world/inject';
import { accessTokens } from './world/objects/access';
import type { World } from './world/types';

/** Worlds of so many apps are scraped less often, so that samples fit into memory. */
const LARGE_WORLD = 300;
const MINUTE = 60_000;

/** A running sandbox. */
export interface Sandbox {
  /** Address without a trailing slash. */
  url: string;
  world: World;
  close(): Promise<void>;
}

function describe(world: World): string {
  return `${world.apps.length} services in ${world.namespaces.length} namespaces on ${world.nodes.length} nodes`;
}

/** The port that was really taken, as 0 asks for any. */
function portOf(server: Server): number | undefined {
  const address = server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

/** Milliseconds with two decimals. */
const rounded = (value: number) => Math.round(value * 100) / 100;

/**
 * Builds the world and starts serving it on loopback.
 * @throws the error of `listen`, such as EADDRINUSE
 */
export async function startSandbox(options: ServeOptions): Promise<Sandbox> {
  const clock = systemClock;
  const world =
    options.services === undefined
      ? defaultWorld
      : generateWorld(options.services, options.seed);
  const large = world.apps.length >= LARGE_WORLD;
  const scrapeIntervalMs = large ? 15_000 : 5000;
  const random = createRandom(options.seed);
  const prometheus = createPrometheus({
    clock,
    scrapeIntervalMs,
    retentionMs: large ? 20 * MINUTE : 60 * MINUTE,
  });
  const effects = new Effects();
  // The cluster asks for what only the simulator knows, which needs the cluster first.
  const later: { simulator?: Simulator } = {};
  const kubernetes = createKubernetes({
    clock,
    random: random.fork('kubernetes'),
    users: accessTokens.map(user => ({ ...user, groups: [...user.groups] })),
    logs: {
      read: (pod, container, limits) =>
        later.simulator?.logs.read(pod, container, limits) ?? [],
      follow: (pod, container, onLine) =>
        later.simulator?.logs.follow(pod, container, onLine) ??
        (() => undefined),
    },
    mutatePod: injectMesh,
    imageExists: image => imageExists(world, image),
    podHealth: pod => podHealth(pod, effects),
    metrics: createResourceMetrics(
      () => later.simulator,
      () => clock.now(),
    ),
  });
  const { store, controllers } = kubernetes;
  applyWorld(world, store, clock.now());
  controllers.settle();
  const simulator = createSimulator({
    world,
    store,
    sink: prometheus.sink,
    clock,
    seed: options.seed,
    effects,
    speed: options.speed,
    detailed: !large,
  });
  later.simulator = simulator;
  const incidents = new IncidentRegistry({
    world,
    store,
    effects,
    clock,
    reviewPod: (namespace, name) => controllers.reviewPod(namespace, name),
  });
  const delay = monitorEventLoopDelay({ resolution: 10 });
  const flow = new Ticker(1000, async () => {
    incidents.advance();
    return simulator.tick();
  });
  const control = new Ticker(500, () => controllers.tick());
  let lastScrape = 0;
  const scraper = new Ticker(
    scrapeIntervalMs,
    async () => {
      const published = await simulator.publish();
      const started = performance.now();
      const now = clock.now();
      // The machine's clock may be set back.
      if (now > lastScrape) prometheus.sink.scrape(now);
      lastScrape = Math.max(now, lastScrape);
      const scraped = performance.now() - started;
      return {
        total: published.total + scraped,
        longestSlice: Math.max(published.longestSlice, scraped),
      };
    },
    { alignTo: clock },
  );
  await scraper.runNow();

  const facades = [kubernetes.facade, prometheus.facade];
  const server = createSandboxServer({
    cluster: world.cluster,
    summary: describe(world),
    facades,
    incidents,
    catalog: createCatalogHandler(world),
    ready: () => true,
    status: () => ({
      cluster: world.cluster,
      seed: options.seed,
      speed: options.speed,
      services: world.apps.length,
      namespaces: world.namespaces.length,
      nodes: world.nodes.length,
      pods: store.list('pods').length,
      flows: simulator.flows(),
      series: prometheus.memory().series,
      scrapeIntervalMilliseconds: scrapeIntervalMs,
      tick: flow.statistics(),
      controllers: control.statistics(),
      scrape: scraper.statistics(),
      eventLoopDelayMilliseconds: {
        max: rounded(delay.max / 1e6),
        p99: rounded(delay.percentile(99) / 1e6),
        mean: rounded(delay.mean / 1e6),
      },
      residentBytes: process.memoryUsage.rss(),
    }),
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  delay.enable();
  const autoscaler = new Autoscaler(
    store,
    simulator.engine.cluster,
    simulator.usage,
    clock,
  );
  autoscaler.run();
  const scaling = new Ticker(15_000, () => autoscaler.run());
  const tickers = [flow, control, scraper, scaling];
  tickers.forEach(ticker => ticker.start());
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    world,
    async close() {
      tickers.forEach(ticker => ticker.stop());
      delay.disable();
      simulator.close();
      await Promise.all(facades.map(facade => facade.close?.()));
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
