import { checkObjects, inOrder, type Manifest } from '.';

const manifest = (
  kind: string,
  name: string,
  more: object = {},
  apiVersion = 'v1',
): Manifest => ({ apiVersion, kind, metadata: { name }, ...more });

const LABELS = { app: 'order' };
const withPod = (spec: object) =>
  manifest(
    'Deployment',
    'order',
    {
      spec: {
        selector: { matchLabels: LABELS },
        template: { metadata: { labels: LABELS }, spec },
      },
    },
    'apps/v1',
  );

const place = { app: 'order', namespace: 'wealth' };

describe('checkObjects', () => {
  it('takes what belongs to the service', () => {
    expect(() =>
      checkObjects(place, [
        manifest('Service', 'order'),
        manifest('ConfigMap', 'order-limits'),
        manifest('ServiceAccount', 'order'),
        withPod({
          serviceAccountName: 'order',
          containers: [
            {
              name: 'app',
              securityContext: { allowPrivilegeEscalation: false },
            },
          ],
        }),
      ]),
    ).not.toThrow();
  });

  it.each<[string, Manifest, RegExp]>([
    ['a secret', manifest('Secret', 'order'), /^objects\[0\]: expected one of/],
    [
      'a role binding',
      manifest('RoleBinding', 'order', {}, 'rbac.authorization.k8s.io/v1'),
      /got "rbac\.authorization\.k8s\.io\/v1\/RoleBinding"/,
    ],
    [
      'a version of long ago',
      manifest('Deployment', 'order', {}, 'extensions/v1beta1'),
      /expected one of/,
    ],
    [
      'the name of another',
      manifest('Service', 'orders'),
      /objects\[0\]\.metadata\.name: expected order, or a name that begins with order-/,
    ],
    [
      'another namespace',
      {
        ...manifest('Service', 'order'),
        metadata: { name: 'order', namespace: 'loan' },
      },
      /objects\[0\]\.metadata\.namespace: expected wealth/,
    ],
    [
      'the network of the node',
      withPod({ hostNetwork: true }),
      /hostNetwork is true/,
    ],
    [
      'files of the node',
      withPod({ volumes: [{ name: 'root', hostPath: { path: '/' } }] }),
      /its volume root is a path of the node/,
    ],
    [
      'the account of another',
      withPod({ serviceAccountName: 'cluster-admin' }),
      /the service account cluster-admin/,
    ],
    [
      'a privileged container',
      withPod({
        initContainers: [
          { name: 'setup', securityContext: { privileged: true } },
        ],
      }),
      /its container setup may become privileged/,
    ],
    [
      'a job with files of the node',
      manifest(
        'CronJob',
        'order-report',
        {
          spec: {
            jobTemplate: {
              spec: {
                template: {
                  spec: { volumes: [{ name: 'x', hostPath: {} }] },
                },
              },
            },
          },
        },
        'batch/v1',
      ),
      /its volume x/,
    ],
  ])('refuses %s', (_, object, message) => {
    expect(() => checkObjects(place, [object])).toThrow(message);
  });

  const ISTIO = 'networking.istio.io/v1';
  const SECURITY = 'security.istio.io/v1';

  it.each<[string, string, string, object]>([
    ['all pods', 'NetworkPolicy', 'networking.k8s.io/v1', { podSelector: {} }],
    ['all pods', 'PeerAuthentication', SECURITY, { mtls: { mode: 'DISABLE' } }],
    ['all pods', 'AuthorizationPolicy', SECURITY, { action: 'DENY' }],
    ['all pods', 'Sidecar', ISTIO, {}],
    ['pods of another', 'Service', 'v1', { selector: { app: 'payment' } }],
    [
      'pods of another under both labels',
      'PodDisruptionBudget',
      'policy/v1',
      {
        selector: {
          matchLabels: { app: 'order', 'app.kubernetes.io/name': 'payment' },
        },
      },
    ],
    [
      'pods that pass for another’s',
      'Deployment',
      'apps/v1',
      {
        selector: { matchLabels: LABELS },
        template: { metadata: { labels: { app: 'payment' } } },
      },
    ],
    ['another’s short host', 'VirtualService', ISTIO, { hosts: ['payment'] }],
    [
      'another’s full host',
      'VirtualService',
      ISTIO,
      { hosts: ['order', 'payment.wealth.svc.cluster.local'] },
    ],
    ['another’s host', 'VirtualService', ISTIO, { hosts: ['payment.wealth'] }],
    [
      'its name in another namespace',
      'ServiceEntry',
      ISTIO,
      { hosts: ['order.loan.svc.cluster.local'] },
    ],
    ['every host', 'VirtualService', ISTIO, { hosts: ['*'] }],
    ['all of the mesh', 'ServiceEntry', ISTIO, { hosts: ['*.local'] }],
    ['another’s rules', 'DestinationRule', ISTIO, { host: 'payment' }],
    [
      'a route of another',
      'HTTPRoute',
      'gateway.networking.k8s.io/v1',
      { parentRefs: [{ kind: 'Service', name: 'payment' }] },
    ],
    [
      'the pods of another workload',
      'HorizontalPodAutoscaler',
      'autoscaling/v2',
      { scaleTargetRef: { kind: 'Deployment', name: 'payment' } },
    ],
    [
      'the Service of another',
      'Rollout',
      'argoproj.io/v1alpha1',
      { strategy: { canary: { stableService: 'payment' } } },
    ],
    [
      'a policy at another',
      'AuthorizationPolicy',
      SECURITY,
      { targetRefs: [{ kind: 'Service', name: 'payment' }] },
    ],
  ])('refuses %s (%s)', (_, kind, apiVersion, spec) => {
    const object = manifest(kind, 'order', { spec }, apiVersion);
    expect(() => checkObjects(place, [object])).toThrow(
      /^objects\[0\]: expected an object about order alone: of \w+ order, it /,
    );
  });

  it.each<[string, string, object]>([
    [
      'VirtualService',
      ISTIO,
      { hosts: ['order', 'order.wealth', 'shop.example.com'] },
    ],
    ['VirtualService', ISTIO, { hosts: ['order-v2.wealth.svc.cluster.local'] }],
    ['DestinationRule', ISTIO, { host: 'order' }],
    ['ServiceEntry', ISTIO, { hosts: ['bank.example.com', '*.bank.example'] }],
    ['Service', 'v1', { ports: [] }],
    [
      'AuthorizationPolicy',
      SECURITY,
      { targetRefs: [{ kind: 'Service', name: 'order' }] },
    ],
    [
      'Telemetry',
      'telemetry.istio.io/v1',
      { selector: { matchLabels: { 'app.kubernetes.io/name': 'order' } } },
    ],
    [
      'Rollout',
      'argoproj.io/v1alpha1',
      { workloadRef: { kind: 'Deployment', name: 'order' } },
    ],
  ])('takes a %s of its own', (kind, apiVersion, spec) => {
    const object = manifest(kind, 'order', { spec }, apiVersion);
    expect(() => checkObjects(place, [object])).not.toThrow();
  });

  it('refuses the same object twice', () => {
    const service = manifest('Service', 'order');
    expect(() => checkObjects(place, [service, service])).toThrow(
      /objects\[1\]: expected each object once/,
    );
  });
});

describe('inOrder', () => {
  it('puts first what others refer to, and traffic last', () => {
    const kinds = inOrder([
      manifest('VirtualService', 'order', {}, 'networking.istio.io/v1'),
      manifest('Deployment', 'order', {}, 'apps/v1'),
      manifest('Service', 'order'),
      manifest('ServiceAccount', 'order'),
    ]).map(({ kind }) => kind);
    expect(kinds).toEqual([
      'ServiceAccount',
      'Service',
      'Deployment',
      'VirtualService',
    ]);
  });
});
