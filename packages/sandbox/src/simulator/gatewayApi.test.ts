import type { ObjectStore } from '../kubernetes/store';
import { startWorld } from './testing';

const REQUESTS = 'istio_requests_total';
const fromOrder = { reporter: 'source', source_workload: 'order' };

function service(store: ObjectStore, name: string, version: string) {
  store.put('services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'wealth' },
    spec: { selector: { app: 'payment', version }, ports: [{ port: 8080 }] },
  });
}

function route(
  store: ObjectStore,
  name: string,
  spec: Record<string, unknown>,
) {
  store.put('httproutes.gateway.networking.k8s.io', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace: 'wealth' },
    spec,
  });
}

describe('Gateway API routes', () => {
  it('split a service between others by weights that need not add up to 100', async () => {
    const { store, increase } = startWorld();
    store.delete('virtualservices.networking.istio.io', 'wealth', 'payment');
    service(store, 'payment-v1', 'v1');
    service(store, 'payment-v2', 'v2');
    route(store, 'payment', {
      parentRefs: [{ kind: 'Service', group: '', name: 'payment' }],
      rules: [
        {
          backendRefs: [
            { name: 'payment-v1', port: 8080, weight: 1 },
            { name: 'payment-v2', port: 8080, weight: 3 },
          ],
        },
      ],
    });
    const [first, second] = await increase(
      60,
      REQUESTS,
      { ...fromOrder, destination_service_name: 'payment-v1' },
      { ...fromOrder, destination_service_name: 'payment-v2' },
    );
    expect(second / (first + second)).toBeCloseTo(0.75, 2);
  });

  it('match paths, methods and headers', async () => {
    const { store, increase } = startWorld();
    store.delete('virtualservices.networking.istio.io', 'wealth', 'payment');
    service(store, 'payment-v2', 'v2');
    const to = (matches: unknown[]) =>
      route(store, 'payment', {
        parentRefs: [{ kind: 'Service', group: '', name: 'payment' }],
        rules: [
          { matches, backendRefs: [{ name: 'payment-v2', port: 8080 }] },
          {
            filters: [
              { type: 'RequestRedirect', requestRedirect: { statusCode: 302 } },
            ],
          },
        ],
      });
    const share = async () => {
      const [all, matched] = await increase(60, REQUESTS, fromOrder, {
        ...fromOrder,
        destination_service_name: 'payment-v2',
      });
      return matched / all;
    };
    to([{ method: 'GET' }]);
    expect(await share()).toBeCloseTo(0.15, 2);
    to([{ headers: [{ name: 'x-user-group', value: 'beta' }] }]);
    expect(await share()).toBeCloseTo(0.05, 2);
    to([{ path: { type: 'PathPrefix', value: '/pay' } }]);
    expect(await share()).toBe(0);
    to([{ path: { type: 'PathPrefix', value: '/payments' } }]);
    expect(await share()).toBeCloseTo(1, 2);
  });

  it('mirror a share to a Service that has the pods of one version', async () => {
    const { store, increase } = startWorld();
    store.delete('virtualservices.networking.istio.io', 'wealth', 'payment');
    service(store, 'payment-v1', 'v1');
    service(store, 'payment-v2', 'v2');
    route(store, 'payment', {
      parentRefs: [{ kind: 'Service', group: '', name: 'payment' }],
      rules: [
        {
          backendRefs: [
            { name: 'payment-v1', port: 8080, weight: 100 },
            { name: 'payment-v2', port: 8080, weight: 0 },
          ],
          filters: [
            {
              type: 'RequestMirror',
              requestMirror: {
                backendRef: { name: 'payment-v2', port: 8080 },
                percent: 50,
              },
            },
          ],
        },
      ],
    });
    const to = (reporter: string, version: string) => ({
      reporter,
      source_workload: 'order',
      destination_workload: `payment-${version}`,
    });
    const [first, atCaller, atCallee] = await increase(
      60,
      REQUESTS,
      to('source', 'v1'),
      to('source', 'v2'),
      to('destination', 'v2'),
    );
    expect(atCaller).toBe(0);
    expect(atCallee / first).toBeCloseTo(0.5, 1);
  });

  it('bring requests in from the gateway', async () => {
    const { store, increase } = startWorld();
    store.delete('virtualservices.networking.istio.io', 'wealth', 'portal');
    const fromGateway = { source_workload: 'istio-ingressgateway' };
    const lost = { ...fromGateway, response_code: '404', response_flags: 'NR' };
    const found = { ...fromGateway, destination_workload: 'portal-bff' };
    const [missing] = await increase(30, REQUESTS, lost);
    expect(missing).toBeGreaterThan(5000);
    route(store, 'portal', {
      parentRefs: [{ name: 'kepler', namespace: 'istio-system' }],
      hostnames: ['portal.kepler.example'],
      rules: [{ backendRefs: [{ name: 'portal-bff', port: 8080 }] }],
    });
    const [still, served] = await increase(30, REQUESTS, lost, found);
    expect(still).toBe(0);
    expect(served).toBeGreaterThan(5000);
  });
});
