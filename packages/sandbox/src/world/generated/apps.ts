import type { Random } from '../../random';
import { call, defineApp } from '../defaults';
import type { App, Behaviour, Operation, Release } from '../types';
import type { DraftService } from './graph';
import { between, logNormal } from './random';
import { areas, languages, roles } from './words';

/** Load over capacity at the mean of the day. */
const UTILISATION = 0.35;

/** Name of an area, which is its namespace. */
export function areaName(index: number): string {
  const round = Math.floor(index / areas.length);
  return round === 0
    ? areas[index]
    : `${areas[index % areas.length]}-${round + 1}`;
}

/** Name of a service, unique in the world. */
export function serviceName({ area, position, store }: DraftService): string {
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

/** A database or cache as an app. */
export function storeApp(
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

/** A drafted service with everything that a draft leaves open. */
export function serviceApp(
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
