import { call, defineApp } from '../defaults';
import type { App } from '../types';

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
