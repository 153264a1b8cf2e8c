import {
  compareWorkloads,
  summarizeWorkload,
  workloadSummarySchema,
  type WorkloadObject,
} from '.';

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
