import { call, defineApp } from '../defaults';
import type { App, WaypointSpec } from '../types';

const namespace = 'insight';

/** The layer 7 proxy of the namespace; only recommend is reached over it. */
export const insightWaypoints: readonly WaypointSpec[] = [
  { namespace, name: 'waypoint', replicas: 1 },
];

/** What customers might like: in ambient mode, one service behind a waypoint, the others at layer 4 only. */
export const insightApps: readonly App[] = [
  defineApp({
    namespace,
    name: 'digest',
    title: 'Digest',
    description: 'What happened this week, as the mobile app shows it.',
    language: 'Kotlin',
    owner: 'customer',
    releases: [{ version: 'v1', tag: '1.6.0', replicas: 1, ageHours: 24 * 16 }],
    behaviour: { latencyMilliseconds: 24 },
    operations: [{ method: 'GET', path: '/digest', share: 1 }],
    calls: [call('recommend.insight', 0.8, 0)],
    responseBytes: 5100,
  }),
  defineApp({
    namespace,
    name: 'recommend',
    title: 'Recommend',
    description: 'Picks funds that suit a customer.',
    language: 'Python',
    owner: 'customer',
    waypoint: 'waypoint',
    releases: [{ version: 'v1', tag: '0.14.2', replicas: 2, ageHours: 24 * 9 }],
    behaviour: { latencyMilliseconds: 45, memoryMebibytes: 620 },
    operations: [
      { method: 'GET', path: '/recommendations', share: 0.9 },
      { method: 'POST', path: '/feedback', share: 0.1 },
    ],
    calls: [call('ranking.insight', 1, 0.1)],
  }),
  defineApp({
    namespace,
    name: 'ranking',
    title: 'Ranking',
    description: 'Orders candidates by a model of the risk team.',
    language: 'C++',
    owner: 'risk',
    releases: [{ version: 'v1', tag: '3.0.1', replicas: 2, ageHours: 24 * 23 }],
    behaviour: { latencyMilliseconds: 12, memoryMebibytes: 410 },
    operations: [{ method: 'POST', path: '/rank', share: 1 }],
    requestBytes: 3400,
    responseBytes: 900,
  }),
];
