import { call } from '../defaults';
import type { App, ConfigObject, Entry, Release } from '../types';
import { serviceHttpRoute, virtualService } from './builders';
import { wealthApps } from './wealth';

const namespace = 'wealth-test';
const registry = 'registry.kepler.example';

/** A service of `wealth` as its team tries it out: the same images, smaller and by itself. */
function tried(
  name: string,
  release: Pick<Release, 'tag' | 'replicas'>,
  calls: App['calls'],
): App {
  const app = wealthApps.find(candidate => candidate.name === name);
  if (!app) throw new Error(`there is no app ${name} to try out`);
  return {
    ...app,
    namespace,
    title: `${app.title} (test)`,
    image: app.image ?? `${registry}/wealth/${name}`,
    releases: [
      { version: app.releases[0].version, ageHours: 24 * 2, ...release },
    ],
    calls,
  };
}

/** The test environment of wealth management: who may do what may differ by it. */
export const wealthTestApps: readonly App[] = [
  tried('order', { tag: '5.2.0', replicas: 2 }, [
    call('payment.wealth-test', 1, 1),
    call('mysql.wealth-test', 2.1, 0.9),
  ]),
  tried('payment', { tag: '2.0.1', replicas: 2 }, [
    call('mysql.wealth-test', 1.2, 0.9),
  ]),
  tried('mysql', { tag: '8.4.3', replicas: 1 }, []),
];

/** Somebody's test runs, day and night. */
export const wealthTestEntry: Entry = {
  via: 'gateway',
  host: 'test.kepler.example',
  requestsPerSecond: 24,
  operations: [
    { method: 'POST', path: '/orders', share: 0.65 },
    { method: 'GET', path: '/orders', share: 0.35 },
  ],
};

export const wealthTestConfiguration: readonly ConfigObject[] = [
  virtualService(namespace, 'order', {
    hosts: [wealthTestEntry.host],
    gateways: ['istio-system/kepler'],
    http: [
      { route: [{ destination: { host: 'order', port: { number: 8080 } } }] },
    ],
  }),
  // The team tries the Gateway API out here: no VirtualService rules this one.
  serviceHttpRoute(namespace, 'payment', 8080),
];
