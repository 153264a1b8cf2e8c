import { createTestCluster } from '../testing/cluster';
import { asObjects } from '../values';

const ROUTES = 'httproutes.gateway.networking.k8s.io';
const parent = { group: '', kind: 'Service', name: 'quote', port: 80 };

function service(name: string) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: { selector: { app: name }, ports: [{ port: 80 }] },
  };
}

function route(...backends: string[]) {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'quote', namespace: 'default' },
    spec: {
      parentRefs: [parent],
      rules: [{ backendRefs: backends.map(name => ({ name, port: 80 })) }],
    },
  };
}

describe('RouteStatusController', () => {
  function start(...backends: string[]) {
    const cluster = createTestCluster();
    cluster.store.put('services', service('quote'));
    cluster.store.put(ROUTES, route(...backends));
    cluster.run(2);
    return cluster;
  }

  const parentsOf = ({ store }: ReturnType<typeof createTestCluster>) =>
    asObjects(store.get(ROUTES, 'default', 'quote')?.status?.parents);
  const conditionsOf = (cluster: ReturnType<typeof createTestCluster>) =>
    asObjects(parentsOf(cluster)[0].conditions).map(
      ({ type, status, reason, observedGeneration }) => [
        type,
        status,
        reason,
        observedGeneration,
      ],
    );

  it('says that a route is taken and leads somewhere', () => {
    expect(conditionsOf(start('quote'))).toEqual([
      ['Accepted', 'True', 'Accepted', 1],
      ['ResolvedRefs', 'True', 'ResolvedRefs', 1],
    ]);
  });

  it('says what is missing, until it is there', () => {
    const cluster = start('quote', 'quote-canary');
    expect(conditionsOf(cluster)[1]).toEqual([
      'ResolvedRefs',
      'False',
      'BackendNotFound',
      1,
    ]);
    cluster.store.put('services', service('quote-canary'));
    cluster.run(2);
    expect(conditionsOf(cluster)[1]).toEqual([
      'ResolvedRefs',
      'True',
      'ResolvedRefs',
      1,
    ]);
    cluster.store.delete('services', 'default', 'quote');
    cluster.run(2);
    expect(conditionsOf(cluster)[0]).toEqual([
      'Accepted',
      'False',
      'NoMatchingParent',
      1,
    ]);
  });

  it('keeps what other controllers said', () => {
    const cluster = start('quote');
    const theirs = { controllerName: 'example.org/other', parentRef: parent };
    const live = cluster.store.get(ROUTES, 'default', 'quote');
    cluster.store.put(ROUTES, {
      ...route('quote'),
      status: { ...live?.status, parents: [theirs] },
    });
    cluster.run(2);
    expect(
      parentsOf(cluster).map(({ controllerName }) => controllerName),
    ).toEqual(['example.org/other', 'istio.io/gateway-controller']);
  });
});
