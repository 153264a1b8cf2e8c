import { call, defineApp } from '../defaults';
import { defaultWorld, machine } from '../default';
import {
  gateway,
  peerAuthentication,
  virtualService,
} from '../default/builders';
import { wealthApps } from '../default/wealth';
import type { App, World } from '../types';

const namespace = 'wealth';

/** What the second cluster has of its own: payment calls it across clusters, and it keeps its books in the first one's database. */
const settlement = defineApp({
  namespace,
  name: 'settlement',
  title: 'Settlement',
  description: 'Settles payments with the clearing house in Beijing.',
  language: 'Java',
  owner: 'payments',
  releases: [{ version: 'v1', tag: '1.2.0', replicas: 2, ageHours: 24 * 20 }],
  behaviour: { latencyMilliseconds: 28, memoryMebibytes: 540 },
  operations: [{ method: 'POST', path: '/settlements', share: 1 }],
  calls: [
    call('account.wealth', 0.5, 0),
    call('quote.wealth', 0.3, 0),
    call('mysql.wealth', 1, 0.5),
  ],
});

/** A service of the first cluster that runs here too, smaller and on its own. */
function again(name: string): App {
  const app = wealthApps.find(candidate => candidate.name === name);
  if (!app) throw new Error(`there is no app ${name} to run twice`);
  return {
    ...app,
    releases: app.releases.map(release => ({ ...release, replicas: 1 })),
    calls: [],
  };
}

const secondApps: readonly App[] = [
  again('account'),
  again('quote'),
  settlement,
];

function secondWorld(): World {
  return {
    ...defaultWorld,
    cluster: 'kepler-bj',
    nodes: [
      machine('control-plane', 1),
      machine('worker', 1),
      machine('worker', 2),
      machine('edge', 1),
    ],
    namespaces: defaultWorld.namespaces.filter(
      ({ name }) => name === namespace,
    ),
    apps: secondApps,
    remoteApps: defaultWorld.apps,
    waypoints: [],
    egressGateway: false,
    externals: [],
    entries: [
      {
        via: 'gateway',
        host: 'accounts.bj.kepler.example',
        requestsPerSecond: 9,
        operations: [{ method: 'GET', path: '/accounts', share: 1 }],
      },
    ],
    configuration: [
      gateway('kepler', 'ingressgateway', ['*.bj.kepler.example']),
      virtualService(namespace, 'accounts', {
        hosts: ['accounts.bj.kepler.example'],
        gateways: ['istio-system/kepler'],
        http: [
          {
            route: [
              { destination: { host: 'account', port: { number: 8080 } } },
            ],
          },
        ],
      }),
      peerAuthentication('istio-system', 'PERMISSIVE'),
    ],
    pastChange: undefined,
  };
}

/** The default world as one mesh of two clusters on one network: Shanghai, and a small one in Beijing. */
export function twoClusters(): World[] {
  const first: World = {
    ...defaultWorld,
    remoteApps: secondApps,
    apps: defaultWorld.apps.map(app =>
      app.namespace === namespace && app.name === 'payment'
        ? { ...app, calls: [...app.calls, call('settlement.wealth', 0.25, 0)] }
        : app,
    ),
  };
  return [first, secondWorld()];
}
