import { checkObjects, inOrder, type Manifest } from '.';

const manifest = (
  kind: string,
  name: string,
  more: object = {},
  apiVersion = 'v1',
): Manifest => ({ apiVersion, kind, metadata: { name }, ...more });

const withPod = (spec: object) =>
  manifest('Deployment', 'order', { spec: { template: { spec } } }, 'apps/v1');

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
