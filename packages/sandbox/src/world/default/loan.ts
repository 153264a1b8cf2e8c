import { call, defineApp } from '../defaults';
import { applicationStrategy } from './rollout';
import type { App } from '../types';

const namespace = 'loan';

/** Consumer loans: from the application to the archived contract. */
export const loanApps: readonly App[] = [
  defineApp({
    namespace,
    name: 'application',
    title: 'Application',
    description: 'Takes loan applications.',
    language: 'Java',
    kind: 'Rollout',
    strategy: applicationStrategy,
    owner: 'lending',
    releases: [
      { version: 'stable', tag: '6.0.2', replicas: 4, ageHours: 24 * 8 },
    ],
    behaviour: { latencyMilliseconds: 18, memoryMebibytes: 780 },
    cpuMillicores: 500,
    operations: [
      { method: 'POST', path: '/applications', share: 0.6 },
      { method: 'GET', path: '/applications', share: 0.4 },
    ],
    calls: [
      call('scoring.loan', 1, 0.9),
      call('account.wealth', 0.12, 0.1),
      call('api.rating.example', 0.2, 0),
      call('audit.platform', 0.08, 0),
    ],
    config: { 'application.max-amount': '300000' },
  }),
  defineApp({
    namespace,
    name: 'scoring',
    title: 'Scoring',
    description: 'Credit score; the model is slow on purpose.',
    language: 'Python',
    protocol: 'grpc',
    port: 9090,
    owner: 'risk',
    releases: [
      {
        version: 'v1',
        workload: 'scoring-v1',
        tag: '1.14.0',
        replicas: 3,
        ageHours: 24 * 25,
      },
      {
        version: 'v2',
        workload: 'scoring-v2',
        tag: '2.0.0',
        replicas: 1,
        ageHours: 24 * 2,
      },
    ],
    behaviour: {
      latencyMilliseconds: 420,
      latencySpread: 0.85,
      capacityPerPod: 70,
      cpuSecondsPerRequest: 0.012,
      memoryMebibytes: 1300,
      errors: [
        {
          code: 503,
          share: 0.012,
          message: 'model server busy: queue of 64 is full',
        },
      ],
    },
    behaviourByTag: {
      '2.0.0': {
        latencyMilliseconds: 260,
        latencySpread: 0.7,
        errors: [
          {
            code: 503,
            share: 0.004,
            message: 'model server busy: queue of 64 is full',
          },
        ],
      },
    },
    cpuMillicores: 1000,
    autoscale: { minimum: 3, maximum: 8, cpuPercent: 80 },
    operations: [{ method: 'POST', path: '/loan.Scoring/Score', share: 1 }],
    calls: [call('contract.loan', 0.73, 0.2)],
    // A busy model server is daily life: UNAVAILABLE counts from 5 % on.
    annotations: { 'health.kiali.io/rate': '^14$,5,20,grpc,inbound' },
    config: { 'scoring.model': 'gbm-2026-10' },
  }),
  defineApp({
    namespace,
    name: 'contract',
    title: 'Contract',
    description: 'Draws up and signs loan contracts.',
    language: 'Kotlin',
    owner: 'lending',
    keptInGit: true,
    releases: [{ version: 'v1', tag: '2.2.8', replicas: 2, ageHours: 24 * 11 }],
    behaviour: { latencyMilliseconds: 40, memoryMebibytes: 640 },
    operations: [
      { method: 'POST', path: '/contracts', share: 0.8 },
      { method: 'GET', path: '/contracts', share: 0.2 },
    ],
    calls: [
      call('archive.loan', 0.05, 0),
      call('rabbitmq.loan', 1, 0.5),
      call('notify.platform', 0.65, 0),
    ],
  }),
  defineApp({
    namespace,
    name: 'archive',
    title: 'Archive',
    description: 'Stores signed contracts. Runs without a sidecar.',
    language: 'Perl',
    dataPlane: 'none',
    owner: 'lending',
    releases: [
      { version: 'v1', tag: '0.4.17', replicas: 1, ageHours: 24 * 140 },
    ],
    behaviour: { latencyMilliseconds: 120, memoryMebibytes: 90 },
    operations: [{ method: 'PUT', path: '/documents', share: 1 }],
    requestBytes: 240000,
    responseBytes: 120,
    calls: [
      call('contract.loan', 0.5, 0, [
        { method: 'GET', path: '/contracts', share: 1 },
      ]),
    ],
  }),
  defineApp({
    namespace,
    name: 'statements',
    title: 'Statements',
    description: 'Yearly interest statements; outside the mesh, and asleep.',
    language: 'COBOL',
    dataPlane: 'none',
    owner: 'lending',
    releases: [
      { version: 'v1', tag: '1.0.3', replicas: 1, ageHours: 24 * 200 },
    ],
  }),
  defineApp({
    namespace,
    name: 'rabbitmq',
    title: 'RabbitMQ',
    description: 'Events of the loan process.',
    language: 'Erlang',
    kind: 'StatefulSet',
    protocol: 'tcp',
    port: 5672,
    image: 'docker.io/library/rabbitmq',
    owner: 'lending',
    releases: [
      { version: '4.0', tag: '4.0.4', replicas: 1, ageHours: 24 * 45 },
    ],
    behaviour: {
      latencyMilliseconds: 1.5,
      capacityPerPod: 8000,
      cpuSecondsPerRequest: 0.0002,
      memoryMebibytes: 510,
    },
    requestBytes: 1400,
    responseBytes: 90,
  }),
];
