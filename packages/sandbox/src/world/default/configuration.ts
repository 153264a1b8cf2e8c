import {
  destinationRule,
  gateway,
  peerAuthentication,
  serviceEntry,
  virtualService,
} from './builders';
import { adviceCanary } from './flagger';
import { rolloutConfiguration } from './rollout';
import type { ConfigObject, PastChange } from '../types';

const versions = (...names: string[]) =>
  names.map(name => ({ name, labels: { version: name } }));

const split = (host: string, first: number, second: number) => [
  { destination: { host, subset: 'v1' }, weight: first },
  { destination: { host, subset: 'v2' }, weight: second },
];

const payment = (first: number, second: number) =>
  virtualService('wealth', 'payment', {
    hosts: ['payment'],
    http: [
      {
        name: 'primary',
        route: split('payment', first, second),
        timeout: '5s',
      },
    ],
  });

/** The mesh's configuration as people left it. */
export const configuration: readonly ConfigObject[] = [
  gateway('kepler', 'ingressgateway', ['*.kepler.example']),
  virtualService('wealth', 'portal', {
    hosts: ['portal.kepler.example'],
    gateways: ['istio-system/kepler'],
    http: [
      {
        match: [{ uri: { prefix: '/api/' } }],
        route: [
          { destination: { host: 'portal-bff', port: { number: 8080 } } },
        ],
        timeout: '15s',
      },
    ],
  }),
  virtualService('loan', 'loan', {
    hosts: ['loan.kepler.example'],
    gateways: ['istio-system/kepler'],
    http: [
      {
        name: 'primary',
        route: [
          { subset: 'stable', weight: 100 },
          { subset: 'canary', weight: 0 },
        ].map(({ subset, weight }) => ({
          destination: { host: 'application', subset, port: { number: 8080 } },
          weight,
        })),
      },
    ],
  }),
  virtualService('insight', 'insight', {
    hosts: ['insight.kepler.example'],
    gateways: ['istio-system/kepler'],
    http: [
      { route: [{ destination: { host: 'digest', port: { number: 8080 } } }] },
    ],
  }),
  payment(80, 20),
  ...rolloutConfiguration,
  adviceCanary(7007),
  destinationRule('wealth', 'payment', {
    host: 'payment',
    trafficPolicy: {
      connectionPool: { http: { http2MaxRequests: 1000 } },
      outlierDetection: {
        consecutive5xxErrors: 7,
        interval: '10s',
        baseEjectionTime: '30s',
        maxEjectionPercent: 50,
      },
    },
    subsets: versions('v1', 'v2'),
  }),
  virtualService('wealth', 'account', {
    hosts: ['account'],
    http: [
      {
        // An exercise that nobody has ended: loans have to cope with a slow account.
        name: 'loan-exercise',
        match: [{ sourceNamespace: 'loan' }],
        fault: { delay: { percentage: { value: 2 }, fixedDelay: '0.4s' } },
        route: [{ destination: { host: 'account' } }],
        timeout: '3s',
      },
      {
        name: 'primary',
        route: [{ destination: { host: 'account' } }],
        timeout: '3s',
        retries: {
          attempts: 2,
          perTryTimeout: '1s',
          retryOn: 'connect-failure',
        },
      },
    ],
  }),
  virtualService('loan', 'scoring', {
    hosts: ['scoring'],
    http: [
      {
        name: 'primary',
        route: split('scoring', 90, 10),
        retries: { attempts: 1, perTryTimeout: '4s', retryOn: 'unavailable' },
        mirror: { host: 'scoring', subset: 'v2' },
        mirrorPercentage: { value: 3 },
      },
    ],
  }),
  destinationRule('loan', 'scoring', {
    host: 'scoring',
    subsets: versions('v1', 'v2'),
  }),
  serviceEntry('wealth', 'bank', ['bank.example']),
  serviceEntry('wealth', 'card-network', [
    'cards.network.example',
    'clearing.network.example',
  ]),
  serviceEntry('loan', 'rating', ['*.rating.example'], 'NONE'),
  serviceEntry('wealth', 'exchange', ['exchange.example']),
  gateway('exchange-egress', 'egressgateway', ['exchange.example']),
  virtualService('wealth', 'exchange', {
    hosts: ['exchange.example'],
    gateways: ['mesh', 'istio-system/exchange-egress'],
    http: [
      {
        match: [{ gateways: ['mesh'], port: 80 }],
        route: [
          {
            destination: {
              host: 'istio-egressgateway.istio-system.svc.cluster.local',
              port: { number: 80 },
            },
          },
        ],
      },
      {
        match: [{ gateways: ['istio-system/exchange-egress'], port: 80 }],
        route: [
          { destination: { host: 'exchange.example', port: { number: 80 } } },
        ],
      },
    ],
  }),
  {
    // Callers of account want to know which of its operations is slow.
    resource: 'telemetries.telemetry.istio.io',
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    namespace: 'wealth',
    name: 'account-operations',
    spec: {
      selector: { matchLabels: { app: 'account' } },
      metrics: [
        {
          providers: [{ name: 'prometheus' }],
          overrides: [
            {
              match: { metric: 'ALL_METRICS', mode: 'SERVER' },
              tagOverrides: {
                request_operation: {
                  operation: 'UPSERT',
                  value: 'request.method + " " + request.url_path',
                },
              },
            },
          ],
        },
      ],
    },
  },
  peerAuthentication('istio-system', 'PERMISSIVE'),
  peerAuthentication('insight', 'STRICT'),
  {
    resource: 'authorizationpolicies.security.istio.io',
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    namespace: 'wealth',
    name: 'portal-administration',
    spec: {
      selector: { matchLabels: { app: 'portal-bff' } },
      action: 'DENY',
      rules: [{ to: [{ operation: { paths: ['/api/admin/*'] } }] }],
    },
  },
];

/** payment v2 went live a few hours ago; before, all payments went to v1. */
export const paymentRelease: PastChange = {
  hoursAgo: 3,
  before: [payment(100, 0)],
};
