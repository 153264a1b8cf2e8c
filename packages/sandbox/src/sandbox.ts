import type { Server } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createCatalogHandler } from './catalog';
import { createClockwork } from './clockwork';
import type { ServeOptions } from './command';
import { createConsul } from './consul';
import { IncidentRegistry } from './incidents';
import { createJenkins, Jenkins } from './jenkins';
import { mountBelow } from './facade';
import { createGitLab, Forge, SourceHistory } from './gitlab';
import { GitOpsController, manifestProjects } from './gitops';
import { createOidcFacade } from './oidc';
import { createPlatforms, type CanPull, type Platform } from './platform';
import { createRegistry, ImageStore } from './registry';
import { seeing } from './seeing';
import { createSandboxServer } from './server';
import { Ticker } from './ticker';
import { accessTokens } from './world/objects/access';
import type { World } from './world/types';

/** How often Argo CD compares; the real one is told by webhooks. */
const GITOPS_MILLISECONDS = 2000;

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

/** The first world with what only the others have: to the catalog, one company. */
function wholeCompany([{ world }, ...others]: readonly Platform[]): World {
  const known = new Set(world.apps.map(app => `${app.namespace}/${app.name}`));
  const more = others
    .flatMap(other => other.world.apps)
    .filter(app => !known.has(`${app.namespace}/${app.name}`));
  return more.length === 0
    ? world
    : { ...world, apps: [...world.apps, ...more] };
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
  // Kubelets ask the registry, which needs the world that they belong to.
  const later: { canPull?: CanPull } = {};
  const platforms = createPlatforms(options, image => later.canPull?.(image));
  const [platform] = platforms;
  const { world, clock, effects, kubernetes } = platform;
  const incidents = new IncidentRegistry({
    world,
    store: kubernetes.store,
    effects,
    clock,
    reviewPod: (namespace, name) =>
      kubernetes.controllers.reviewPod(namespace, name),
  });
  const clockwork = createClockwork(platforms, incidents);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  const company = wholeCompany(platforms);
  const source = new SourceHistory(company, options.seed);
  const manifests = manifestProjects(world);
  const forge = new Forge({
    world: company,
    source,
    manifests,
    clock,
    folder: options.data,
  });
  const { seed } = options;
  const images = new ImageStore({ world: company, seed, source, clock });
  later.canPull = image =>
    images.canPull(image) &&
    !(effects.registry === 'down' && images.isHere(image));
  const address = { origin: `http://127.0.0.1:${options.port}` };
  const jenkins = new Jenkins({
    forge,
    source,
    images,
    effects,
    clock,
    seed,
    origin: () => address.origin,
  });
  const gitops = new GitOpsController({
    projects: manifests,
    forge,
    store: kubernetes.store,
    clock,
    origin: () => address.origin,
    gitlab: () => `${address.origin.replace('127.0.0.1', 'localhost')}/gitlab`,
    token: accessTokens[0].token,
  });
  const syncing = new Ticker(GITOPS_MILLISECONDS, async () => {
    await gitops.run();
    return { total: 0, longestSlice: 0 };
  });
  const facades = [
    ...platforms.flatMap(each =>
      [
        each.kubernetes.facade,
        each.prometheus.facade,
        ...seeing(each, options.seed),
      ].map(facade => mountBelow(each.prefix, facade)),
    ),
    createOidcFacade(company),
    ...createRegistry({
      images,
      host: company.registry,
      clock,
      seed,
      effects,
      asksForTokens: options.registryTokens,
    }),
    createGitLab(forge, effects),
    createJenkins(jenkins),
    createConsul({ world: company, clock, effects, seed: options.seed }),
  ];
  const server = createSandboxServer({
    cluster: world.cluster,
    summary: platforms.map(each => describe(each.world)).join('; '),
    facades,
    incidents,
    catalog: createCatalogHandler(company),
    status: () => ({
      ...sizes(platform),
      clusters: platforms.map(sizes),
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
  address.origin = `http://127.0.0.1:${portOf(server)}`;
  delay.enable();
  clockwork.start();
  syncing.start();
  return {
    url: address.origin,
    world,
    async close() {
      syncing.stop();
      clockwork.stop();
      delay.disable();
      platforms.forEach(({ simulator }) => simulator.close());
      await Promise.all(facades.map(facade => facade.close?.()));
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
