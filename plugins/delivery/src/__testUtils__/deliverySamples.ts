import type {
  Canary,
  CanaryList,
  CanarySummary,
  Release,
  WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';

const AT = '2026-01-01T10:00:00Z';

/** A Deployment that runs well. */
export function workloadSample(
  overrides: Partial<WorkloadSummary> = {},
): WorkloadSummary {
  return {
    ref: 'kepler/wealth/Deployment/payment',
    cluster: 'kepler',
    namespace: 'wealth',
    kind: 'Deployment',
    name: 'payment',
    app: 'payment',
    version: '1.8.2',
    state: 'Healthy',
    sentence: 'All 3 pods are ready',
    pods: { desired: 3, ready: 3 },
    images: [{ container: 'payment', image: 'registry.example/payment:1.8.2' }],
    managedBy: { by: 'hand', sentence: 'Nobody else keeps it as it is' },
    ...overrides,
  };
}

/** A release that came up. */
export function releaseSample(overrides: Partial<Release> = {}): Release {
  return {
    id: 'release-2',
    workload: 'kepler/wealth/Deployment/payment',
    cluster: 'kepler',
    namespace: 'wealth',
    app: 'payment',
    revision: 2,
    revisionName: 'payment-2',
    version: '1.8.2',
    images: [{ container: 'payment', image: 'registry.example/payment:1.8.2' }],
    actor: {
      by: 'person',
      name: 'user:default/lin',
      sentence: 'Lin, through the portal',
    },
    why: 'Fix rounding of fees',
    isRollback: false,
    startedAt: AT,
    state: 'succeeded',
    outcome: 'All 3 pods are ready',
    ...overrides,
  };
}

/** A canary of our own that waits for an approval at 25 %. */
export function canarySummarySample(
  overrides: Partial<CanarySummary> = {},
): CanarySummary {
  return {
    ref: 'kepler/wealth/CanaryPlan/payment',
    engine: 'istio',
    engineTitle: 'Istio',
    app: 'payment',
    services: ['kepler/wealth/service/payment'],
    environment: 'production',
    owners: ['group:default/payments'],
    phase: 'Paused',
    reason: 'Waits for an approval',
    waitsFor: { for: 'approval', since: AT, sentence: 'Waits for payments' },
    stepIndex: 1,
    stepCount: 3,
    stableVersion: '1.8.2',
    canaryVersion: '1.9.0',
    weights: {
      desired: 25,
      desiredBy: 'routes',
      observedReason: 'the mesh has reported no requests',
    },
    changedAt: AT,
    ...overrides,
  };
}

/** The same canary with its steps and offers. */
export function canarySample(overrides: Partial<Canary> = {}): Canary {
  return {
    ...canarySummarySample(),
    steps: [
      { index: 0, kind: 'weight', title: '25 %', weight: 25, state: 'done' },
      { index: 1, kind: 'approval', title: 'approval', state: 'current' },
      { index: 2, kind: 'weight', title: '50 %', weight: 50, state: 'next' },
    ],
    stable: {
      version: '1.8.2',
      workload: 'kepler/wealth/Deployment/payment',
      podSelector: {},
      desiredPods: 3,
      readyPods: 3,
    },
    canary: {
      version: '1.9.0',
      workload: 'kepler/wealth/Deployment/payment-canary',
      podSelector: {},
      desiredPods: 1,
      readyPods: 1,
    },
    analyses: [],
    events: [],
    offers: [
      {
        verb: 'approve',
        effect: 'Approve: send 50 % to 1.9.0',
        isDangerous: false,
        isPrimary: true,
      },
      {
        verb: 'abort',
        effect: 'Abort: all traffic back to 1.8.2',
        isDangerous: true,
        isPrimary: false,
      },
    ],
    resourceVersion: '7',
    warnings: [],
    ...overrides,
  };
}

/** An answer of the list of canaries. */
export function canaryListSample(
  canaries: CanarySummary[],
  overrides: Partial<CanaryList> = {},
): CanaryList {
  return { canaries, engines: [], sources: [], warnings: [], ...overrides };
}
