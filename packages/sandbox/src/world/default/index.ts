import { CANARY_REVISION } from '../names';
import type { World } from '../types';
import { configuration, paymentRelease } from './configuration';
import { externalHosts } from './externals';
import { insightApps, insightWaypoints } from './insight';
import { loanApps } from './loan';
import { people, teams } from './people';
import { platformApps } from './platform';
import { wealthApps } from './wealth';
import {
  wealthTestApps,
  wealthTestConfiguration,
  wealthTestEntry,
} from './wealth-test';

const GIBIBYTES = { 'control-plane': 16, worker: 64, edge: 8 } as const;
const CORES = { 'control-plane': 4, worker: 16, edge: 4 } as const;

/** A node of one of the three kinds of machine the company has. */
export function machine(
  role: 'control-plane' | 'worker' | 'edge',
  number: number,
) {
  const prefix = role === 'control-plane' ? 'master' : role;
  return {
    name: `${prefix}-${number}`,
    role,
    cpuCores: CORES[role],
    memoryGibibytes: GIBIBYTES[role],
    ageDays: 210 - number * 7,
  };
}

/** The company the sandbox shows unless told otherwise. */
export const defaultWorld: World = {
  cluster: 'kepler-sh',
  domain: 'kepler.example',
  registry: 'registry.kepler.example',
  nodes: [
    ...[1, 2, 3].map(number => machine('control-plane', number)),
    ...[1, 2, 3, 4].map(number => machine('worker', number)),
    ...[1, 2].map(number => machine('edge', number)),
  ],
  namespaces: [
    {
      name: 'wealth',
      dataPlane: 'sidecar',
      domain: 'finance',
      title: 'Wealth management',
      owner: 'customer',
    },
    {
      name: 'loan',
      dataPlane: 'sidecar',
      domain: 'finance',
      title: 'Consumer loans',
      owner: 'lending',
      revision: CANARY_REVISION,
    },
    {
      name: 'platform',
      dataPlane: 'ambient',
      domain: 'shared',
      title: 'Shared platform services',
      owner: 'platform',
    },
    {
      name: 'insight',
      dataPlane: 'ambient',
      domain: 'shared',
      title: 'Customer insight',
      owner: 'customer',
    },
    {
      name: 'wealth-test',
      dataPlane: 'sidecar',
      domain: 'finance',
      title: 'Wealth management (test)',
      owner: 'customer',
    },
  ],
  apps: [
    ...wealthApps,
    ...loanApps,
    ...platformApps,
    ...insightApps,
    ...wealthTestApps,
  ],
  waypoints: insightWaypoints,
  egressGateway: true,
  externals: externalHosts,
  entries: [
    {
      via: 'gateway',
      host: 'portal.kepler.example',
      requestsPerSecond: 400,
      operations: [
        { method: 'GET', path: '/api/portfolio', share: 0.5 },
        { method: 'GET', path: '/api/quotes', share: 0.2 },
        { method: 'POST', path: '/api/orders', share: 0.2 },
        {
          method: 'GET',
          path: '/api/portfolio',
          share: 0.0995,
          headers: { 'x-user-group': 'beta' },
        },
        // Scanners: nothing routes the first, a policy denies the second.
        { method: 'GET', path: '/wp-login.php', share: 0.0003 },
        { method: 'GET', path: '/api/admin/users', share: 0.0002 },
      ],
    },
    {
      via: 'gateway',
      host: 'loan.kepler.example',
      requestsPerSecond: 84,
      operations: [
        { method: 'POST', path: '/applications', share: 0.6 },
        { method: 'GET', path: '/applications', share: 0.4 },
      ],
    },
    {
      via: 'gateway',
      host: 'insight.kepler.example',
      requestsPerSecond: 22,
      operations: [{ method: 'GET', path: '/digest', share: 1 }],
    },
    wealthTestEntry,
    {
      // The old load balancer still probes the pods' node ports.
      via: 'direct',
      host: 'portal-bff.wealth',
      requestsPerSecond: 0.6,
      operations: [{ method: 'GET', path: '/api/portfolio', share: 1 }],
    },
  ],
  configuration: [...configuration, ...wealthTestConfiguration],
  pastChange: paymentRelease,
  teams,
  people,
  domains: [
    { name: 'finance', title: 'Finance', owner: 'engineering' },
    { name: 'shared', title: 'Shared services', owner: 'platform' },
  ],
};
