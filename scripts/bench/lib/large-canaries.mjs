/** Rollouts and Flagger Canaries in the middle of their way, by the hundred. */
const NAMESPACES = 100;
const namespaceOf = index =>
  `team-${String(index % NAMESPACES).padStart(3, '0')}`;
const times = (count, make) =>
  Array.from({ length: count }, (_, index) => make(index));

const template = (name, tag) => ({
  metadata: { labels: { app: name, version: tag } },
  spec: {
    containers: [{ name: 'app', image: `registry.example/${name}:${tag}` }],
  },
});

const rolloutName = index => `rollout-${index}`;

/** Paused at their second step, stable and canary side by side. */
export function rollouts(count) {
  return times(count, index => ({
    metadata: {
      name: rolloutName(index),
      namespace: namespaceOf(index),
      resourceVersion: '1',
      generation: 3,
    },
    spec: {
      replicas: 4,
      template: template(rolloutName(index), '2.0.0'),
      strategy: {
        canary: {
          steps: [
            { setWeight: 10 },
            { pause: {} },
            { setWeight: 50 },
            { pause: { duration: '10m' } },
          ],
          trafficRouting: { istio: { virtualService: { name: 'v' } } },
        },
      },
    },
    status: {
      phase: 'Paused',
      message: 'CanaryPauseStep',
      observedGeneration: '3',
      currentPodHash: `new${index}`,
      stableRS: `old${index}`,
      currentStepIndex: 1,
      pauseConditions: [
        { reason: 'CanaryPauseStep', startTime: '2026-11-26T10:00:00Z' },
      ],
      canary: {
        weights: { canary: { weight: 10 }, stable: { weight: 90 } },
      },
    },
  }));
}

/** Two for each Rollout. */
export function replicaSets(count) {
  return times(count, index =>
    [
      ['new', '2.0.0', 1],
      ['old', '1.0.0', 4],
    ].map(([side, tag, replicas]) => ({
      metadata: {
        name: `${rolloutName(index)}-${side}`,
        namespace: namespaceOf(index),
        resourceVersion: '1',
        creationTimestamp: '2026-11-26T09:59:00Z',
        labels: { 'rollouts-pod-template-hash': `${side}${index}` },
        ownerReferences: [
          { kind: 'Rollout', name: rolloutName(index), controller: true },
        ],
      },
      spec: { replicas, template: template(rolloutName(index), tag) },
      status: { readyReplicas: replicas },
    })),
  ).flat();
}

/** Walking their weights; their Deployments are among the workloads. */
export function canaries(count) {
  return times(count, index => ({
    metadata: {
      name: `app-${String(index).padStart(4, '0')}`,
      namespace: namespaceOf(index),
      resourceVersion: '1',
    },
    spec: {
      targetRef: {
        kind: 'Deployment',
        name: `app-${String(index).padStart(4, '0')}`,
      },
      analysis: {
        interval: '1m',
        threshold: 5,
        maxWeight: 50,
        stepWeight: 10,
        metrics: [
          { name: 'request-success-rate', thresholdRange: { min: 99 } },
        ],
      },
    },
    status: {
      phase: 'Progressing',
      canaryWeight: 20,
      failedChecks: 0,
      lastTransitionTime: '2026-11-26T10:00:00Z',
    },
  }));
}
