import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import { readService, readWorkloads } from './readObjects';

type Meta = {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
};

function workload(template: Meta, more: object = {}): KubernetesObject {
  return {
    metadata: { name: 'order', namespace: 'wealth' },
    spec: { replicas: 3, template: { metadata: template } },
    ...more,
  };
}

function namespace(labels: Record<string, string>) {
  return new Map([['wealth', { metadata: { name: 'wealth', labels } }]]);
}

const injected = namespace({ 'istio-injection': 'enabled' });
const ambient = namespace({ 'istio.io/dataplane-mode': 'ambient' });

describe('readWorkloads', () => {
  it.each([
    ['a namespace with injection', {}, injected, 'sidecar'],
    [
      'a namespace with a revision',
      {},
      namespace({ 'istio.io/rev': 'canary' }),
      'sidecar',
    ],
    ['an ambient namespace', {}, ambient, 'ambient'],
    ['a plain namespace', {}, namespace({}), 'none'],
    ['a namespace that could not be read', {}, new Map(), 'none'],
    [
      'a pod that opts out',
      { labels: { 'sidecar.istio.io/inject': 'false' } },
      injected,
      'none',
    ],
    [
      'a pod that opts out by annotation',
      { annotations: { 'sidecar.istio.io/inject': 'false' } },
      injected,
      'none',
    ],
    [
      'a pod that opts in',
      { labels: { 'sidecar.istio.io/inject': 'true' } },
      namespace({}),
      'sidecar',
    ],
    [
      'a pod that leaves ambient',
      { labels: { 'istio.io/dataplane-mode': 'none' } },
      ambient,
      'none',
    ],
    [
      'a gateway',
      { labels: { istio: 'ingressgateway' } },
      namespace({}),
      'sidecar',
    ],
    [
      'a gateway of the Gateway API',
      { labels: { 'gateway.networking.k8s.io/gateway-name': 'public' } },
      namespace({}),
      'sidecar',
    ],
  ])('sees how %s joins the mesh', (_what, template, namespaces, dataPlane) => {
    expect(
      readWorkloads('Deployment', [workload(template)], namespaces),
    ).toEqual([expect.objectContaining({ dataPlane })]);
  });

  it.each([
    ['Deployment', { availableReplicas: 2, readyReplicas: 3 }, 3, 2],
    ['Deployment', {}, 3, 0],
    ['StatefulSet', { readyReplicas: 1 }, 3, 1],
    ['DaemonSet', { desiredNumberScheduled: 5, numberAvailable: 4 }, 5, 4],
  ])('counts the pods of a %s with %j', (kind, status, desired, available) => {
    expect(
      readWorkloads(kind, [workload({}, { status })], injected)[0],
    ).toMatchObject({ kind, desired, available });
  });

  it('leaves out what is no workload', () => {
    const odd = { metadata: { name: 'odd' }, spec: { replicas: 'three' } };
    expect(readWorkloads('Deployment', [odd, workload({})], injected)).toEqual([
      expect.objectContaining({ name: 'order' }),
    ]);
  });
});

describe('readService', () => {
  const metadata = { name: 'bank', namespace: 'wealth' };

  it('reads names and protocols of ports, and does without them', () => {
    expect(
      readService({
        metadata,
        spec: {
          selector: { app: 'bank' },
          ports: [{ name: 'GRPC-web' }, { appProtocol: 'http' }, {}],
        },
      }),
    ).toMatchObject({
      ...metadata,
      selector: { app: 'bank' },
      ports: ['grpc-web', 'http'],
    });
    expect(readService({ metadata })).toMatchObject({
      ...metadata,
      selector: undefined,
      ports: [],
    });
  });
});
