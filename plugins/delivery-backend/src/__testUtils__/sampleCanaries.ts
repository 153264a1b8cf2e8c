import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';

const NAMESPACE = 'wealth';
const POD_HASH = 'rollouts-pod-template-hash';

const template = (name: string, tag: string, labels: object = {}) => ({
  metadata: { labels: { app: name, ...labels } },
  spec: { containers: [{ name, image: `r.example/${name}:${tag}` }] },
});

/** A Rollout that waits for an approval at 10 %. */
export function pausedRollout(overrides: object = {}): KubernetesObject {
  return {
    kind: 'Rollout',
    metadata: { name: 'quote', namespace: NAMESPACE },
    spec: {
      replicas: 4,
      template: template('quote', '2.0.0'),
      strategy: {
        canary: {
          canaryMetadata: { labels: { version: 'canary' } },
          stableMetadata: { labels: { version: 'stable' } },
          steps: [{ setWeight: 10 }, { pause: {} }, { setWeight: 50 }],
        },
      },
    },
    status: {
      phase: 'Paused',
      observedGeneration: '1',
      currentPodHash: 'new',
      stableRS: 'old',
      currentStepIndex: 1,
      pauseConditions: [
        { reason: 'CanaryPauseStep', startTime: '2026-01-01T00:00:00Z' },
      ],
      canary: { weights: { canary: { weight: 10 }, stable: { weight: 90 } } },
      ...overrides,
    },
  };
}

/** One of its two ReplicaSets, with what the controller put into its template. */
export function rolloutSet(
  hash: string,
  tag: string,
  version: string,
): KubernetesObject {
  return {
    metadata: {
      name: `quote-${hash}`,
      namespace: NAMESPACE,
      labels: { [POD_HASH]: hash },
      ownerReferences: [{ kind: 'Rollout', name: 'quote', controller: true }],
    },
    spec: {
      replicas: 1,
      template: template('quote', tag, { version, [POD_HASH]: hash }),
    },
    status: { readyReplicas: 1 },
  };
}

/** A Canary of Flagger whose gate is the portal. */
export function flaggerCanary(
  phase: string,
  spec: object = {},
): KubernetesObject {
  const hook = (type: string) => ({
    name: `portal-${type}`,
    type,
    url: `http://portal/api/delivery/hooks/flagger/${type}?token=x`,
  });
  return {
    kind: 'Canary',
    metadata: { name: 'fund', namespace: NAMESPACE },
    spec: {
      targetRef: { kind: 'Deployment', name: 'fund' },
      analysis: {
        interval: '20s',
        threshold: 3,
        maxWeight: 30,
        stepWeight: 10,
        webhooks: [hook('confirm-promotion')],
      },
      ...spec,
    },
    status: { phase, canaryWeight: 30, failedChecks: 0 },
  };
}

/** The Deployment that Flagger watches, or its primary. */
export function flaggerDeployment(name: string, tag: string): KubernetesObject {
  return {
    metadata: { name, namespace: NAMESPACE },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: template('fund', tag),
    },
    status: { readyReplicas: 1 },
  };
}
