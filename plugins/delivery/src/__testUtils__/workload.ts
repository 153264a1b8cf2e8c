import type {
  ImageList,
  WorkloadDetails,
  WorkloadGit,
  WorkloadList,
  WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';

export const ORDER: WorkloadSummary = {
  ref: 'kepler/wealth-test/Deployment/order',
  cluster: 'kepler',
  namespace: 'wealth-test',
  kind: 'Deployment',
  name: 'order',
  app: 'order',
  version: '5.1.0',
  state: 'Degraded',
  sentence: '1 of 2 pods restarts again and again',
  pods: { desired: 2, ready: 1, updated: 2, restarts: 4 },
  images: [{ container: 'order', image: 'registry.example/order:5.1.0' }],
  managedBy: { by: 'hand', sentence: 'Nobody else keeps it as it is' },
};

const POD = {
  version: '5.1.0',
  createdAt: '2026-11-26T10:00:00Z',
  containers: [
    { name: 'istio-proxy', isReady: true, restarts: 0, sentence: 'Running' },
    { name: 'order', isReady: true, restarts: 0, sentence: 'Running' },
  ],
};

export const DETAILS: WorkloadDetails = {
  summary: ORDER,
  resourceVersion: '7',
  isPaused: false,
  isProtected: false,
  containers: [
    {
      name: 'order',
      isInit: false,
      image: 'registry.example/order:5.1.0',
      repository: 'order',
      requests: { cpu: '100m' },
      limits: { memory: '256Mi' },
      probes: { readiness: { httpGet: { path: '/ready', port: 8080 } } },
      environment: [
        { name: 'MODE', value: 'fast', isMasked: false },
        { name: 'PASSWORD', isMasked: true },
      ],
    },
  ],
  pods: [
    {
      ...POD,
      name: 'order-1',
      state: 'Healthy',
      sentence: 'Running and ready',
      node: 'node-a',
      restarts: 0,
    },
    {
      ...POD,
      name: 'order-2',
      state: 'Failing',
      sentence: 'Restarts again and again',
      restarts: 4,
    },
  ],
  events: [],
  budgets: [],
  revisions: [
    { revision: 3, name: 'order-c', images: ORDER.images, isCurrent: true },
    {
      revision: 2,
      name: 'order-b',
      images: [{ container: 'order', image: 'registry.example/order:5.0.0' }],
      isCurrent: false,
    },
  ],
  provenance: { sources: [], warnings: [] },
};

export const LIST: WorkloadList = {
  items: [
    ORDER,
    { ...ORDER, ref: 'kepler/other/Deployment/order', namespace: 'other' },
  ],
  provenance: { sources: [], warnings: [] },
};

export const IMAGES: ImageList = {
  repository: 'registry.example/order',
  container: 'order',
  total: 2,
  isScanning: true,
  provenance: { sources: [], warnings: [] },
  items: [
    {
      tag: '5.2.0',
      image: 'registry.example/order:5.2.0',
      digest: `sha256:${'ab'.repeat(32)}`,
      bytes: 84_200_000,
      platforms: [],
      runningIn: [],
      labels: [{ name: 'release' }],
      scan: {
        state: 'scanned',
        at: '2026-11-25T10:00:00Z',
        counts: {
          critical: 1,
          high: 3,
          medium: 0,
          low: 9,
          negligible: 0,
          unknown: 0,
        },
        fixable: 6,
        scanner: 'Trivy',
      },
    },
    {
      tag: '5.1.0',
      image: 'registry.example/order:5.1.0',
      platforms: [],
      reason: 'The registry tells nothing more',
      runningIn: [ORDER.ref],
      scan: { state: 'unknown', reason: 'It was not scanned yet' },
    },
  ],
};

/** Nobody keeps it in Git. */
export const NOT_IN_GIT: WorkloadGit = {
  workload: ORDER.ref,
  reason: 'Neither Argo CD nor Flux has left its mark on it',
  proposals: [],
  provenance: { sources: [], warnings: [] },
};

/** Argo CD keeps it, and something was proposed. */
export const IN_GIT: WorkloadGit = {
  workload: ORDER.ref,
  place: {
    keeper: 'Argo CD (wealth)',
    project: 'platform/manifests',
    branch: 'main',
    file: 'wealth-test/order.yaml',
    url: 'http://git/platform/manifests/-/blob/main/wealth-test/order.yaml',
  },
  proposals: [
    {
      number: 3,
      title: 'Deploy order:5.2.0',
      state: 'opened',
      author: 'Orrery',
      sourceBranch: 'orrery/deployment-order-c0ffee',
      targetBranch: 'main',
      isDraft: false,
      createdAt: '2026-11-26T10:00:00Z',
      url: 'http://git/platform/manifests/-/merge_requests/3',
    },
  ],
  provenance: { sources: [], warnings: [] },
};
