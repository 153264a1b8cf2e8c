import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import { keepOfPod, readPods } from './readPods';

function pod(
  name: string,
  overrides: {
    owner?: { kind: string; name: string };
    hash?: string;
    image?: string | null;
    ready?: boolean;
    phase?: string;
    deletionTimestamp?: string;
    revision?: string;
    annotatedRevision?: string;
    asInit?: boolean;
  } = {},
): KubernetesObject {
  const {
    owner = { kind: 'ReplicaSet', name: 'order-7d4f' },
    hash = '7d4f',
    image = 'docker.io/istio/proxyv2:1.28.3-distroless',
    ready = true,
  } = overrides;
  const proxy = image === null ? [] : [{ name: 'istio-proxy', image }];
  return {
    metadata: {
      name,
      namespace: 'wealth',
      labels: {
        'pod-template-hash': hash,
        ...(overrides.revision && { 'istio.io/rev': overrides.revision }),
      },
      ...(overrides.annotatedRevision && {
        annotations: { 'istio.io/rev': overrides.annotatedRevision },
      }),
      ownerReferences: [owner],
      deletionTimestamp: overrides.deletionTimestamp,
      managedFields: [{ manager: 'large and of no use' }],
    },
    spec: {
      containers: [{ name: 'app' }, ...(overrides.asInit ? [] : proxy)],
      initContainers: overrides.asInit ? proxy : [],
    },
    status: {
      phase: overrides.phase ?? 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  };
}

const read = (pods: KubernetesObject[], sync?: Map<string, boolean>) =>
  readPods(pods.map(keepOfPod), sync);

describe('readPods', () => {
  it('counts the pods of a workload, their proxies and versions', () => {
    expect(
      read([
        pod('a', { revision: 'stable' }),
        pod('b', {
          ready: false,
          image: 'registry:5000/istio/proxyv2:1.29.1@sha256:00',
          annotatedRevision: 'canary',
        }),
        pod('c', { image: null }),
        pod('d', { asInit: true }),
      ]),
    ).toEqual([
      {
        namespace: 'wealth',
        workload: 'order',
        pods: 4,
        ready: 3,
        proxies: 3,
        versions: ['1.28.3', '1.29.1'],
        revisions: ['canary', 'stable'],
      },
    ]);
  });

  it.each([
    [{ kind: 'ReplicaSet', name: 'order-7d4f' }, 'order'],
    [{ kind: 'ReplicaSet', name: 'by-hand' }, 'by-hand'],
    [{ kind: 'StatefulSet', name: 'mysql' }, 'mysql'],
    [{ kind: 'DaemonSet', name: 'agent' }, 'agent'],
  ])('names the workload of %j', (owner, workload) => {
    expect(read([pod('a', { owner })])[0].workload).toBe(workload);
  });

  it('leaves out what has ended or is about to', () => {
    expect(
      read([
        pod('a', { phase: 'Succeeded' }),
        pod('b', { phase: 'Failed' }),
        pod('c', { deletionTimestamp: '2026-01-01T00:00:00Z' }),
      ]),
    ).toEqual([]);
  });

  it('joins what the control plane knows, and nothing when it was not asked', () => {
    const pods = [pod('a'), pod('b'), pod('c')];
    const sync = new Map([
      ['wealth/a', true],
      ['wealth/b', false],
    ]);
    expect(read(pods, sync)[0].sync).toEqual({ connected: 2, synced: 1 });
    expect(read(pods)[0].sync).toBeUndefined();
  });

  it('keeps little of a pod', () => {
    expect(JSON.stringify(keepOfPod(pod('a'))).length).toBeLessThan(250);
    expect(keepOfPod({ metadata: { name: 'odd' }, spec: 7 })).toEqual({
      metadata: { name: 'odd' },
    });
  });
});
