import {
  budgetCovers,
  compareWorkloads,
  managedBy,
  maskSecrets,
  readBudget,
  readContainers,
  readEvents,
  readPod,
  readScaler,
  summarizeWorkload,
  workloadSummarySchema,
  type WorkloadObject,
} from '.';

const DIGEST = `sha256:${'ab'.repeat(32)}`;

describe('managedBy', () => {
  it.each([
    [
      'argocd',
      'shop',
      {
        annotations: {
          'argocd.argoproj.io/tracking-id':
            'shop:apps/Deployment:wealth/payment',
        },
      },
    ],
    ['argocd', 'shop', { labels: { 'argocd.argoproj.io/instance': 'shop' } }],
    [
      'flux',
      'apps',
      { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } },
    ],
    [
      'flux',
      'pay',
      {
        labels: {
          'helm.toolkit.fluxcd.io/name': 'pay',
          'app.kubernetes.io/managed-by': 'Helm',
        },
      },
    ],
    ['helm', 'pay', { annotations: { 'meta.helm.sh/release-name': 'pay' } }],
    [
      'helm',
      'pay',
      {
        labels: {
          'app.kubernetes.io/managed-by': 'Helm',
          'app.kubernetes.io/instance': 'pay',
        },
      },
    ],
    [
      'controller',
      'Kafka/events',
      {
        ownerReferences: [{ kind: 'Kafka', name: 'events', controller: true }],
      },
    ],
    ['hand', undefined, { labels: { app: 'payment' } }],
  ])('is %s (%s) for %j', (by, name, metadata) => {
    expect(managedBy({ name: 'payment', ...metadata })).toMatchObject({
      by,
      ...(name && { name }),
    });
  });

  it('knows Flagger’s primaries', () => {
    expect(managedBy({ name: 'payment-primary' }, 'payment').by).toBe(
      'flagger',
    );
  });
});

describe('readContainers', () => {
  it('reads images, references and masks', () => {
    const [app, init] = readContainers({
      spec: {
        containers: [
          {
            name: 'app',
            image: `r.example:5000/wealth/pay:1.4@${DIGEST}`,
            resources: { requests: { cpu: '100m' } },
            readinessProbe: { httpGet: { path: '/' } },
            envFrom: [{ prefix: 'DB_', secretRef: { name: 'db' } }],
            env: [
              { name: 'REGION', value: 'sh' },
              { name: 'DB_PASSWORD', value: 'hunter2' },
              {
                name: 'TOKEN',
                valueFrom: { secretKeyRef: { name: 'pay', key: 'token' } },
              },
              {
                name: 'POD',
                valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
              },
              { name: 'EMPTY' },
            ],
          },
        ],
        initContainers: [{ name: 'migrate', image: 'library/busybox' }],
      },
    });
    expect(app).toMatchObject({
      registry: 'r.example:5000',
      repository: 'wealth/pay',
      tag: '1.4',
      digest: DIGEST,
      requests: { cpu: '100m' },
      limits: {},
      probes: { readiness: { httpGet: { path: '/' } } },
      environment: [
        { name: 'DB_*', from: 'secret', reference: 'db', isMasked: true },
        { name: 'REGION', value: 'sh', isMasked: false },
        { name: 'DB_PASSWORD', isMasked: true },
        {
          name: 'TOKEN',
          from: 'secret',
          reference: 'pay/token',
          isMasked: true,
        },
        {
          name: 'POD',
          from: 'field',
          reference: 'metadata.name',
          isMasked: false,
        },
        { name: 'EMPTY', value: '', isMasked: false },
      ],
    });
    expect(init).toMatchObject({ isInit: true, repository: 'library/busybox' });
    expect(JSON.stringify(app)).not.toContain('hunter2');
  });

  it('masks secrets anywhere in an object', () => {
    const object = {
      env: [
        { name: 'API_KEY', value: 'x' },
        { name: 'A', value: 'b' },
      ],
    };
    expect(maskSecrets(object)).toEqual({
      env: [
        { name: 'API_KEY', value: '••••••' },
        { name: 'A', value: 'b' },
      ],
    });
  });
});

describe('what stands beside a workload', () => {
  it('scalers, budgets and events are told in words', () => {
    const metadata = { name: 'pay' };
    expect(
      readScaler('HorizontalPodAutoscaler', {
        metadata,
        spec: { minReplicas: 2, maxReplicas: 8 },
        status: { currentReplicas: 3 },
      }),
    ).toMatchObject({
      current: 3,
      sentence: 'HorizontalPodAutoscaler pay scales it between 2 and 8 pods',
    });
    expect(
      readScaler('ScaledObject', {
        metadata,
        status: {
          conditions: [
            { type: 'Ready', status: 'False', message: 'no metrics' },
          ],
        },
      }).sentence,
    ).toBe('ScaledObject pay cannot scale it: no metrics');
    const budget = {
      metadata,
      spec: { minAvailable: '50%', selector: { matchLabels: { app: 'pay' } } },
      status: { disruptionsAllowed: 1 },
    };
    expect(readBudget(budget).sentence).toBe(
      'At least 50% of its pods must stay; 1 may go now',
    );
    expect(budgetCovers(budget, { app: 'pay', a: 'b' })).toBe(true);
    expect(budgetCovers({ metadata }, { app: 'pay' })).toBe(false);
    const event = (lastTimestamp: string, count: number) => ({
      metadata,
      lastTimestamp,
      count,
      reason: 'BackOff',
      involvedObject: { kind: 'Pod', name: 'pay-1' },
    });
    expect(
      readEvents([
        event('2026-11-26T10:00:00Z', 3),
        event('2026-11-26T11:00:00Z', 1),
      ]).map(({ count, about }) => [count, about]),
    ).toEqual([
      [1, 'Pod/pay-1'],
      [3, 'Pod/pay-1'],
    ]);
  });
});

describe('summarizeWorkload', () => {
  const workload: WorkloadObject = {
    metadata: { name: 'payment-v2', namespace: 'wealth', generation: 1 },
    spec: {
      replicas: 1,
      template: {
        metadata: { labels: { app: 'payment', version: 'v2' } },
        spec: { containers: [{ name: 'app', image: 'pay:1.4' }] },
      },
    },
    status: {
      observedGeneration: 1,
      replicas: 1,
      updatedReplicas: 1,
      readyReplicas: 1,
      availableReplicas: 1,
    },
  };

  it('says who, what and how', () => {
    const summary = summarizeWorkload({
      cluster: 'kepler',
      kind: 'Deployment',
      workload,
      pods: [
        {
          metadata: { name: 'p' },
          status: {
            phase: 'Running',
            containerStatuses: [{ name: 'app', ready: true, restartCount: 2 }],
          },
        },
      ],
      flagger: { name: 'payment', isPrimary: false },
    });
    expect(workloadSummarySchema.parse(summary)).toEqual(summary);
    expect(summary).toMatchObject({
      ref: 'kepler/wealth/Deployment/payment-v2',
      app: 'payment',
      version: 'v2',
      state: 'Healthy',
      pods: { desired: 1, ready: 1, updated: 1, restarts: 2 },
      images: [{ container: 'app', image: 'pay:1.4' }],
      managedBy: { by: 'hand' },
      canary: 'kepler/wealth/Canary/payment',
    });
  });

  it('names what scaled it to zero, and has no figures that it does not know', () => {
    const summary = summarizeWorkload({
      cluster: 'kepler',
      kind: 'Deployment',
      workload: { ...workload, spec: { replicas: 0 } },
      pods: undefined,
      scaler: { kind: 'ScaledObject', object: { metadata: { name: 'pay' } } },
    });
    expect(summary.sentence).toBe('Scaled to zero by ScaledObject pay');
    expect(summary.pods).toEqual({ desired: 0, ready: 1, updated: 1 });
    expect(summary.version).toBeUndefined();
  });

  it('sorts the worst first', () => {
    const of = (state: 'Healthy' | 'Failing', ref: string) => ({
      ...summarizeWorkload({
        cluster: 'k',
        kind: 'Deployment',
        workload,
        pods: [],
      }),
      state,
      ref,
    });
    expect(
      [of('Healthy', 'b'), of('Healthy', 'a'), of('Failing', 'c')]
        .sort(compareWorkloads)
        .map(({ ref }) => ref),
    ).toEqual(['c', 'a', 'b']);
  });
});

describe('readPod', () => {
  it('shows what runs and how it ended before', () => {
    expect(
      readPod({
        metadata: {
          name: 'pay-6d-x',
          labels: { version: 'v2' },
          ownerReferences: [
            { kind: 'ReplicaSet', name: 'pay-6d', controller: true },
          ],
        },
        spec: { nodeName: 'n1' },
        status: {
          phase: 'Running',
          containerStatuses: [
            {
              name: 'app',
              ready: true,
              restartCount: 1,
              imageID: `r.example/pay@${DIGEST}`,
              state: { running: {} },
              lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
            },
          ],
        },
      }),
    ).toEqual({
      name: 'pay-6d-x',
      state: 'Healthy',
      sentence: 'Running and ready',
      node: 'n1',
      version: 'v2',
      revision: 'pay-6d',
      restarts: 1,
      containers: [
        {
          name: 'app',
          digest: DIGEST,
          isReady: true,
          restarts: 1,
          sentence: 'Running and ready',
          lastTermination: { exitCode: 137, reason: 'OOMKilled' },
        },
      ],
    });
  });

  it.each([
    [
      { deletionTimestamp: 'now' },
      { phase: 'Running' },
      'Progressing',
      'Ending',
    ],
    [{}, { phase: 'Succeeded' }, 'Idle', 'Done'],
    [
      {},
      { phase: 'Failed', reason: 'DeadlineExceeded' },
      'Failing',
      'Failed: DeadlineExceeded',
    ],
    [{}, { phase: 'Pending' }, 'Progressing', 'Is starting'],
    [
      {},
      { phase: 'Unknown', containerStatuses: [{ name: 'a', ready: true }] },
      'Unknown',
      'Its node is silent',
    ],
  ])('of %j in %j', (metadata, status, state, sentence) => {
    expect(
      readPod({ metadata: { name: 'p', ...metadata }, status }),
    ).toMatchObject({ state, sentence });
  });
});
