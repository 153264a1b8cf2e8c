import type { Random } from '../../random';
import { between, popular } from './random';

/** A service of a generated world before it becomes an app. */
export interface DraftService {
  area: number;
  /** Position in its area; 0 is the one that the gateway knows. */
  position: number;
  store?: 'mysql' | 'redis';
  calls: { to: DraftService; perRequest: number }[];
  /** Requests per second at the mean of the day. */
  load: number;
}

/** Share of calls that stay in their area. */
const LOCAL_SHARE = 0.7;

/**
 * Lays out services over areas and connects them without circles: a service
 * calls only services that come after it. Every area has a front (called by
 * the gateway) and two stores; a few fronts of shared areas are hubs.
 */
export function draftServices(
  count: number,
  areas: number,
  random: Random,
): DraftService[] {
  const services: DraftService[] = [];
  for (let index = 0; index < count; index++) {
    services.push({
      area: index % areas,
      position: Math.floor(index / areas),
      calls: [],
      load: 0,
    });
  }
  const byArea = Array.from({ length: areas }, (_, area) =>
    services.filter(service => service.area === area),
  );
  for (const members of byArea) {
    if (members.length < 5) continue;
    members[members.length - 1].store = 'mysql';
    members[members.length - 2].store = 'redis';
  }
  // Hubs come late in their areas, so that nearly everybody may call them.
  const hubs = byArea.flatMap(members =>
    members.slice(-4, -2).filter(({ store }) => !store),
  );
  for (const service of services) {
    if (!service.store) connect(service, byArea[service.area], hubs, random);
  }
  adopt(services, byArea, random);
  return services;
}

/** Gives everybody a caller: nobody runs a service that is never asked. */
function adopt(
  services: readonly DraftService[],
  byArea: readonly (readonly DraftService[])[],
  random: Random,
): void {
  const called = new Set(
    services.flatMap(({ calls }) => calls.map(({ to }) => to)),
  );
  for (const service of services) {
    if (service.position === 0 || called.has(service)) continue;
    const earlier = byArea[service.area].filter(
      ({ position, store }) => position < service.position && !store,
    );
    random.pick(earlier).calls.push({
      to: service,
      perRequest: between(random, 0.15, 0.9),
    });
  }
}

function connect(
  service: DraftService,
  members: readonly DraftService[],
  hubs: readonly DraftService[],
  random: Random,
): void {
  const later = members.filter(({ position }) => position > service.position);
  const wanted = service.position === 0 ? 4 : 1 + random.integer(3);
  for (let attempt = 0; attempt < wanted * 3; attempt++) {
    if (service.calls.length >= wanted) return;
    const local = random.next() < LOCAL_SHARE;
    const candidates = local
      ? later
      : hubs.filter(
          hub =>
            hub.area !== service.area &&
            (hub.position > service.position ||
              (hub.position === service.position && hub.area > service.area)),
        );
    if (candidates.length === 0) continue;
    const to = local
      ? random.pick(candidates)
      : candidates[popular(random, candidates.length)];
    if (service.calls.some(call => call.to === to)) continue;
    service.calls.push({
      to,
      perRequest: to.store
        ? between(random, 0.6, 1.8)
        : between(random, 0.15, 0.9),
    });
  }
}

/** Adds up what arrives where, given what the fronts get; services must be in an order without back calls. */
export function spreadLoad(services: readonly DraftService[]): void {
  const ordered = [...services].sort(
    (first, second) =>
      first.position - second.position || first.area - second.area,
  );
  for (const service of ordered) {
    for (const { to, perRequest } of service.calls) {
      to.load += service.load * perRequest;
    }
  }
}
