import { systemClock, type Clock } from './clock';
import type { ServeOptions } from './command';
import { createKubernetes, type Kubernetes } from './kubernetes';
import { createPrometheus, type Prometheus } from './prometheus';
import { readRules } from './prometheus/rules/read-rules';
import { instantValues } from './prometheus/instant-values';
import { createRandom } from './random';
import {
  createSimulators,
  Effects,
  imageExists,
  podHealth,
  type Simulator,
} from './simulator';
import { createResourceMetrics } from './simulator/resourceMetrics';
import { postWebhook } from './webhook';
import { applyWorld } from './world/apply';
import { defaultWorld } from './world/default';
import { adviceCanary } from './world/default/flagger';
import { twoClusters } from './world/second';
import { generateWorld } from './world/generated/generate';
import { injectMesh } from './world/inject';
import { accessTokens } from './world/objects/access';
import type { World } from './world/types';

const MINUTE = 60_000;
/** Where rules of services are. */
const RULES = 'prometheusrules.monitoring.coreos.com';
/** Worlds of so many apps are scraped less often, so that samples fit into memory. */
const LARGE_WORLD = 300;

/** The simulated platform behind the interfaces, standing still until its clocks are started. */
export interface Platform {
  world: World;
  /** Path below which its interfaces are served; empty for the first cluster. */
  prefix: string;
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
  prefix: string,
  simulator: () => Simulator | undefined,
  prometheus: Prometheus,
  canPull: CanPull | undefined,
): Kubernetes {
  return createKubernetes({
    clock,
    random: createRandom(seed).fork(`kubernetes${prefix}`),
    users: accessTokens.map(user => ({ ...user, groups: [...user.groups] })),
    logs: {
      read: (pod, container, limits) =>
        simulator()?.logs.read(pod, container, limits) ?? [],
      follow: (pod, container, onLine) =>
        simulator()?.logs.follow(pod, container, onLine) ?? (() => undefined),
    },
    podHttp: request => simulator()?.podHttp(request),
    mutatePod: injectMesh,
    imageExists: image => canPull?.(image) ?? imageExists(world, image),
    podHealth: pod => podHealth(pod, effects),
    postWebhook,
    queryMetrics: query => instantValues(prometheus.engine, query, clock.now()),
    metrics: createResourceMetrics(simulator, () => clock.now()),
  });
}

/** The port on which the portal's backend listens unless told otherwise. */
const BACKEND_PORT = 7007;

/** The world with its webhooks led to a port of this machine. */
function withHooks(world: World, port = BACKEND_PORT): World {
  const canary = adviceCanary(port);
  return {
    ...world,
    configuration: world.configuration.map(entry =>
      entry.resource === canary.resource && entry.name === canary.name
        ? canary
        : entry,
    ),
  };
}

/** The worlds that the command line asks for; the first is the one that incidents happen to. */
function chooseWorlds({
  seed,
  services,
  clusters,
  backendPort,
}: PlatformOptions): World[] {
  if (services !== undefined) return [generateWorld(services, seed)];
  const worlds = clusters === 2 ? twoClusters() : [defaultWorld];
  return worlds.map(world => withHooks(world, backendPort));
}

/** How the worlds are made. */
export type PlatformOptions = Omit<ServeOptions, 'port'>;

/** Whether the registry would serve an image; undefined before there is one. */
export type CanPull = (image: string) => boolean | undefined;

/** Builds the world of each cluster and everything that runs in it. */
export function createPlatforms(
  options: PlatformOptions,
  canPull?: CanPull,
  clock: Clock = systemClock,
): Platform[] {
  const { seed, speed } = options;
  const drafts = chooseWorlds(options).map((world, index) => {
    const large = world.apps.length >= LARGE_WORLD;
    const prefix = index === 0 ? '' : `/${world.cluster}`;
    const scrapeIntervalMilliseconds = large ? 15_000 : 5000;
    // Each needs another first: rules are in the cluster, which asks for metrics.
    const later: { simulator?: Simulator; kubernetes?: Kubernetes } = {};
    const prometheus = createPrometheus({
      clock,
      scrapeIntervalMs: scrapeIntervalMilliseconds,
      retentionMs: large ? 20 * MINUTE : 60 * MINUTE,
      rules: () =>
        (later.kubernetes?.store.list(RULES) ?? []).flatMap(readRules),
    });
    const effects = new Effects();
    const kubernetes = createCluster(
      world,
      clock,
      effects,
      seed,
      prefix,
      () => later.simulator,
      prometheus,
      canPull,
    );
    later.kubernetes = kubernetes;
    applyWorld(world, kubernetes.store, clock.now());
    kubernetes.controllers.settle();
    return {
      later,
      platform: {
        world,
        prefix,
        clock,
        kubernetes,
        prometheus,
        effects,
        scrapeIntervalMilliseconds,
      },
      simulation: {
        world,
        store: kubernetes.store,
        sink: prometheus.sink,
        clock,
        seed,
        effects,
        speed,
        detailed: !large,
      },
    };
  });
  const simulators = createSimulators(
    drafts.map(({ simulation }) => simulation),
  );
  return drafts.map(({ later, platform }, index) => {
    later.simulator = simulators[index];
    return { ...platform, simulator: simulators[index] };
  });
}
