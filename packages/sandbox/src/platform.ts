import { systemClock, type Clock } from './clock';
import type { ServeOptions } from './command';
import { createKubernetes, type Kubernetes } from './kubernetes';
import { createPrometheus, type Prometheus } from './prometheus';
import { createRandom } from './random';
import {
  createSimulator,
  Effects,
  imageExists,
  podHealth,
  type Simulator,
} from './simulator';
import { createResourceMetrics } from './simulator/resourceMetrics';
import { applyWorld } from './world/apply';
import { defaultWorld } from './world/default';
import { generateWorld } from './world/generated/generate';
import { injectMesh } from './world/inject';
import { accessTokens } from './world/objects/access';
import type { World } from './world/types';

const MINUTE = 60_000;
/** Worlds of so many apps are scraped less often, so that samples fit into memory. */
const LARGE_WORLD = 300;

/** The simulated platform behind the interfaces, standing still until its clocks are started. */
export interface Platform {
  world: World;
  clock: Clock;
  kubernetes: Kubernetes;
  prometheus: Prometheus;
  simulator: Simulator;
  effects: Effects;
  scrapeIntervalMilliseconds: number;
}

function createCluster(
  world: World,
  clock: Clock,
  effects: Effects,
  seed: number,
  simulator: () => Simulator | undefined,
): Kubernetes {
  return createKubernetes({
    clock,
    random: createRandom(seed).fork('kubernetes'),
    users: accessTokens.map(user => ({ ...user, groups: [...user.groups] })),
    logs: {
      read: (pod, container, limits) =>
        simulator()?.logs.read(pod, container, limits) ?? [],
      follow: (pod, container, onLine) =>
        simulator()?.logs.follow(pod, container, onLine) ?? (() => undefined),
    },
    podHttp: request => simulator()?.podHttp(request),
    mutatePod: injectMesh,
    imageExists: image => imageExists(world, image),
    podHealth: pod => podHealth(pod, effects),
    metrics: createResourceMetrics(simulator, () => clock.now()),
  });
}

/** Builds a world and everything that runs in it. */
export function createPlatform({
  seed,
  speed,
  services,
}: Omit<ServeOptions, 'port'>): Platform {
  const clock = systemClock;
  const world =
    services === undefined ? defaultWorld : generateWorld(services, seed);
  const large = world.apps.length >= LARGE_WORLD;
  const scrapeIntervalMilliseconds = large ? 15_000 : 5000;
  const prometheus = createPrometheus({
    clock,
    scrapeIntervalMs: scrapeIntervalMilliseconds,
    retentionMs: large ? 20 * MINUTE : 60 * MINUTE,
  });
  const effects = new Effects();
  // The cluster asks for what only the simulator knows, which needs the cluster first.
  const later: { simulator?: Simulator } = {};
  const kubernetes = createCluster(
    world,
    clock,
    effects,
    seed,
    () => later.simulator,
  );
  applyWorld(world, kubernetes.store, clock.now());
  kubernetes.controllers.settle();
  const simulator = createSimulator({
    world,
    store: kubernetes.store,
    sink: prometheus.sink,
    clock,
    seed,
    effects,
    speed,
    detailed: !large,
  });
  later.simulator = simulator;
  return {
    world,
    clock,
    kubernetes,
    prometheus,
    simulator,
    effects,
    scrapeIntervalMilliseconds,
  };
}
