import { createRandom } from '../../random';
import { configuration } from '../default/configuration';
import { machine } from '../default';
import type { Entry, NamespaceSpec, World } from '../types';
import { areaName, serviceApp, storeApp } from './apps';
import { draftServices, spreadLoad, type DraftService } from './graph';
import { logNormal } from './random';
import { frontRouting, versionRouting } from './routing';
import { givenNames } from './words';

const PODS_PER_WORKER = 60;
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
    ({ kind, name, namespace }) =>
      namespace === 'istio-system' &&
      (kind === 'PeerAuthentication' || name === 'kepler'),
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
