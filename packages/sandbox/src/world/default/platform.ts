import { call, defineApp } from '../defaults';
import type { App, ExternalHost } from '../types';
import { ordinaryBehaviour } from '../defaults';

const namespace = 'platform';

/** Shared services, in ambient mode: no sidecars, ztunnel reports layer 4 only. */
export const platformApps: readonly App[] = [
  defineApp({
    namespace,
    name: 'notify',
    title: 'Notify',
    description: 'Sends messages; speaks its own framing over TCP.',
    language: 'Elixir',
    protocol: 'tcp',
    port: 7070,
    owner: 'platform',
    releases: [{ version: 'v1', tag: '1.3.0', replicas: 2, ageHours: 24 * 14 }],
    behaviour: { latencyMilliseconds: 5, capacityPerPod: 600 },
    calls: [call('audit.platform', 1, 0)],
    requestBytes: 900,
    responseBytes: 60,
  }),
  defineApp({
    namespace,
    name: 'audit',
    title: 'Audit',
    description: 'Append-only record of what happened.',
    language: 'C#',
    owner: 'platform',
    releases: [{ version: 'v1', tag: '2.0.5', replicas: 2, ageHours: 24 * 19 }],
    behaviour: { latencyMilliseconds: 8, capacityPerPod: 400 },
    operations: [{ method: 'POST', path: '/records', share: 1 }],
    requestBytes: 1100,
    responseBytes: 40,
  }),
];

/** Hosts outside: one declared by a ServiceEntry, one that nobody declared. */
export const externalHosts: readonly ExternalHost[] = [
  {
    host: 'bank.example',
    declaredIn: 'wealth',
    port: 80,
    behaviour: {
      ...ordinaryBehaviour,
      latencyMilliseconds: 180,
      latencySpread: 0.6,
      capacityPerPod: Infinity,
      errors: [
        { code: 429, share: 0.004, message: 'rate limited by the bank' },
        { code: 502, share: 0.006, message: 'bad gateway at the bank' },
      ],
    },
    operations: [{ method: 'POST', path: '/v1/transfers', share: 1 }],
    requestBytes: 1800,
    responseBytes: 900,
  },
  {
    host: 'feed.marketdata.example',
    port: 80,
    behaviour: {
      ...ordinaryBehaviour,
      latencyMilliseconds: 60,
      capacityPerPod: Infinity,
    },
    operations: [{ method: 'GET', path: '/ticks', share: 1 }],
    requestBytes: 300,
    responseBytes: 14000,
  },
];
