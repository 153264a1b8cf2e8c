import { createRandom, type Random } from '../../random';
import { configuration } from '../default/configuration';
import { machine } from '../default';
import { call, defineApp } from '../defaults';
import type {
  App,
  Behaviour,
  ConfigObject,
  Entry,
  NamespaceSpec,
  Operation,
  Release,
  World,
} from '../types';
import { draftServices, spreadLoad, type DraftService } from './graph';
import { logNormal, between } from './random';
import { areas, givenNames, languages, roles } from './words';

const PODS_PER_WORKER = 60;
/** Load over capacity at the mean of the day. */
const UTILISATION = 0.35;

function areaName(index: number): string {
  const round = Math.floor(index / areas.length);
  return round === 0
    ? areas[index]
    : `${areas[index % areas.length]}-${round + 1}`;
}

function serviceName({ area, position, store }: DraftService): string {
  if (store) return `${areaName(area)}-${store}`;
  const round = Math.floor(position / roles.length);
  const role = roles[position % roles.length];
  return `${areaName(area)}-${role}${round === 0 ? '' : `-${round + 1}`}`;
}

function errorsOf(index: number, random: Random): Behaviour['errors'] {
  const draw = random.next();
  const message = 'dependency answered out of order';
  // Always one service that is plainly broken, so that there is something to find.
  if (index === 7) return [{ code: 503, share: 0.14, message }];
  if (draw < 0.02)
    return [{ code: 500, share: between(random, 0.01, 0.05), message }];
  return draw < 0.25
    ? [{ code: 500, share: between(random, 0.0005, 0.003), message }]
    : [];
}

const storeImages = {
  mysql: {
    image: 'docker.io/library/mysql',
    tag: '8.4.3',
    port: 3306,
    milliseconds: 1.8,
  },
  redis: {
    image: 'docker.io/library/redis',
    tag: '7.4.1',
    port: 6379,
    milliseconds: 0.4,
  },
} as const;

function storeApp(
  service: DraftService,
  kind: 'mysql' | 'redis',
  owner: string,
): App {
  const { image, tag, port, milliseconds } = storeImages[kind];
  return defineApp({
    namespace: areaName(service.area),
    name: serviceName(service),
    title: serviceName(service),
    description: `Store of ${areaName(service.area)}.`,
    language: kind === 'mysql' ? 'C++' : 'C',
    kind: 'StatefulSet',
    protocol: 'tcp',
    port,
    image,
    owner,
    releases: [
      { version: tag.slice(0, 3), tag, replicas: 1, ageHours: 24 * 70 },
    ],
    behaviour: {
      latencyMilliseconds: milliseconds,
      capacityPerPod: Math.max(4000, service.load / UTILISATION),
      cpuSecondsPerRequest: 0.0002,
      memoryMebibytes: kind === 'mysql' ? 2200 : 480,
    },
    requestBytes: 200,
    responseBytes: 1500,
    cpuMillicores: 500,
  });
}

function serviceApp(
  service: DraftService,
  index: number,
  owner: string,
  random: Random,
): App {
  const namespace = areaName(service.area);
  const name = serviceName(service);
  const replicas = service.load > 40 ? 3 : 1 + random.integer(3);
  const twoVersions = random.next() < 0.08;
  const tag = `${1 + random.integer(4)}.${random.integer(20)}.${random.integer(
    9,
  )}`;
  const ageHours = between(random, 10, 24 * 60);
  const releases: Release[] = twoVersions
    ? [
        { version: 'v1', workload: `${name}-v1`, tag, replicas, ageHours },
        {
          version: 'v2',
          workload: `${name}-v2`,
          tag: `${tag}-rc.1`,
          replicas: 1,
          ageHours: 6,
        },
      ]
    : [{ version: 'v1', tag, replicas, ageHours }];
  const grpc = service.position > 0 && random.next() < 0.3;
  const path = grpc
    ? `/${namespace}.${name.replaceAll('-', '')}/Get`
    : `/${name}`;
  const operations: Operation[] = grpc
    ? [{ method: 'POST', path, share: 1 }]
    : [
        { method: 'GET', path, share: 0.7 },
        { method: 'POST', path, share: 0.3 },
      ];
  return defineApp({
    namespace,
    name,
    title: name,
    description: `${roles[service.position % roles.length]} of ${namespace}.`,
    language: random.pick(languages),
    protocol: grpc ? 'grpc' : 'http',
    port: grpc ? 9090 : 8080,
    owner,
    releases,
    behaviour: {
      latencyMilliseconds: Math.min(logNormal(random, 9, 0.8), 120),
      latencySpread: between(random, 0.4, 0.8),
      errors: errorsOf(index, random),
      capacityPerPod: Math.max(60, service.load / UTILISATION / replicas),
      cpuSecondsPerRequest: logNormal(random, 0.001, 0.5),
      memoryMebibytes: Math.round(logNormal(random, 220, 0.5)),
    },
    operations,
    calls: service.calls.map(({ to, perRequest }) =>
      call(
        `${serviceName(to)}.${areaName(to.area)}`,
        Math.round(perRequest * 100) / 100,
        to.store ? 0.8 : between(random, 0.01, 0.2),
      ),
    ),
    requestBytes: Math.round(logNormal(random, 600, 0.6)),
    responseBytes: Math.round(logNormal(random, 2400, 0.8)),
    cpuMillicores: 100,
  });
}

/** A VirtualService and a DestinationRule for every app with two versions. */
function versionRouting(app: App): ConfigObject[] {
  if (app.releases.length < 2) return [];
  const common = { namespace: app.namespace, name: app.name };
  const apiVersion = 'networking.istio.io/v1';
  return [
    {
      ...common,
      apiVersion,
      resource: 'virtualservices.networking.istio.io',
      kind: 'VirtualService',
      spec: {
        hosts: [app.name],
        http: [
          {
            route: ['v1', 'v2'].map((subset, index) => ({
              destination: { host: app.name, subset },
              weight: [90, 10][index],
            })),
          },
        ],
      },
    },
    {
      ...common,
      apiVersion,
      resource: 'destinationrules.networking.istio.io',
      kind: 'DestinationRule',
      spec: {
        host: app.name,
        subsets: ['v1', 'v2'].map(name => ({
          name,
          labels: { version: name },
        })),
      },
    },
  ];
}

function frontRouting(app: App, host: string): ConfigObject {
  return {
    resource: 'virtualservices.networking.istio.io',
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    namespace: app.namespace,
    name: `${app.namespace}-front`,
    spec: {
      hosts: [host],
      gateways: ['istio-system/kepler'],
      http: [{ route: [{ destination: { host: app.name } }] }],
    },
  };
}

/**
 * A believable world of so many services: fifty areas at most, each a
 * namespace with a front, services and stores; hubs that everybody calls;
 * about two calls per service. Equal seeds give equal worlds.
 */
export function generateWorld(services: number, seed: number): World {
  const random = createRandom(seed).fork('world');
  const areaCount = Math.min(50, Math.max(3, Math.round(services / 20)));
  const drafts = draftServices(services, areaCount, random.fork('graph'));
  const rates = random.fork('rates');
  for (const draft of drafts) {
    if (draft.position === 0)
      draft.load = Math.min(logNormal(rates, 18, 0.8), 120);
  }
  const fronts = drafts.filter(({ position }) => position === 0);
  const entryRates = fronts.map(({ load }) => load);
  spreadLoad(drafts);
  const owner = (draft: DraftService) => `team-${areaName(draft.area)}`;
  const details = random.fork('apps');
  const apps = drafts.map((draft, index) =>
    draft.store
      ? storeApp(draft, draft.store, owner(draft))
      : serviceApp(draft, index, owner(draft), details),
  );
  const namespaces: NamespaceSpec[] = Array.from(
    { length: areaCount },
    (_, area) => ({
      name: areaName(area),
      // One area in ten has moved to ambient mode.
      dataPlane: area % 10 === 9 ? 'ambient' : 'sidecar',
      domain: `domain-${1 + (area % 5)}`,
      title: areaName(area),
      owner: `team-${areaName(area)}`,
    }),
  );
  const domain = 'kepler.example';
  const entries: Entry[] = fronts.map((front, index) => ({
    via: 'gateway',
    host: `${areaName(front.area)}.${domain}`,
    requestsPerSecond: entryRates[index],
    operations: apps[drafts.indexOf(front)].operations,
  }));
  const pods = apps.reduce(
    (sum, app) =>
      sum + app.releases.reduce((total, { replicas }) => total + replicas, 0),
    0,
  );
  const workers = Math.max(4, Math.ceil(pods / PODS_PER_WORKER));
  const numbered = (count: number) =>
    Array.from({ length: count }, (_, index) => index + 1);
  const gateway = configuration.filter(
    ({ kind }) => kind === 'Gateway' || kind === 'PeerAuthentication',
  );
  return {
    cluster: 'kepler-sh',
    domain,
    registry: 'registry.kepler.example',
    nodes: [
      ...numbered(3).map(number => machine('control-plane', number)),
      ...numbered(workers).map(number => machine('worker', number)),
      ...numbered(2).map(number => machine('edge', number)),
    ],
    namespaces,
    apps,
    externals: [],
    entries,
    configuration: [
      ...gateway,
      ...apps.flatMap(versionRouting),
      ...fronts.map((front, index) =>
        frontRouting(apps[drafts.indexOf(front)], entries[index].host),
      ),
    ],
    teams: [
      { name: 'engineering', displayName: 'Engineering' },
      ...namespaces.map(({ name, owner: team }) => ({
        name: team,
        displayName: `Team ${name}`,
        parent: 'engineering',
      })),
    ],
    people: [
      ...namespaces.map(({ owner: team }, index) => {
        const name = `${givenNames[index % givenNames.length]}-${index + 1}`;
        return {
          name,
          displayName: name,
          email: `${name}@${domain}`,
          teams: [team],
        };
      }),
      {
        name: 'guest',
        displayName: 'Guest',
        email: `guest@${domain}`,
        teams: [namespaces[0].owner],
      },
    ],
    domains: [1, 2, 3, 4, 5].map(number => ({
      name: `domain-${number}`,
      title: `Domain ${number}`,
      owner: 'engineering',
    })),
  };
}
