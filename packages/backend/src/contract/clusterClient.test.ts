import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  KubernetesError,
  ProxyClusterClient,
  RESOURCE_TYPES,
  WatchCaches,
  type KubernetesObject,
  type WatchEvent,
} from '@orrery/backstage-plugin-orrery-node';
import { startCountingProxy } from './countingProxy';
import { startSandbox } from './sandboxProcess';
import { realTarget, type ContractTarget } from './targets';

jest.setTimeout(90_000);

const { configMaps, virtualServices, deployments } = RESOURCE_TYPES;
const SECRETS = {
  group: '',
  version: 'v1',
  plural: 'secrets',
  namespaced: true,
};
/** A kind that the real server keeps no watch cache of, which would remember what etcd has forgotten. */
const LIMIT_RANGES = { ...SECRETS, plural: 'limitranges' };
const NAMESPACE = 'default';

function configMap(name: string, data: Record<string, string>) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: NAMESPACE },
    data,
  } as KubernetesObject;
}

/** What a client of any API server may rely on. */
function contract(getTarget: () => Promise<ContractTarget>) {
  let client: ProxyClusterClient;
  let proxy: Awaited<ReturnType<typeof startCountingProxy>>;
  let stopBackend: () => Promise<void>;
  // Names of its own, so that a server may be used twice.
  const run = `c${Date.now().toString(36)}`;

  beforeAll(async () => {
    const target = await getTarget();
    proxy = await startCountingProxy(new URL(target.url));
    const cluster = (name: string, token: string) => ({
      name,
      url: proxy.url,
      authProvider: 'serviceAccount',
      serviceAccountToken: token,
      ...(target.caData && {
        caData: Buffer.from(target.caData).toString('base64'),
      }),
    });
    const backend = await startTestBackend({
      features: [
        kubernetesPlugin,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost' },
            kubernetes: {
              serviceLocatorMethod: { type: 'multiTenant' },
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: [
                    cluster('admin', target.adminToken),
                    cluster('reader', target.readerToken),
                  ],
                },
              ],
            },
          },
        }),
      ],
    });
    stopBackend = () => backend.stop();
    client = new ProxyClusterClient({
      auth: mockServices.auth(),
      discovery: {
        getBaseUrl: async plugin =>
          `http://127.0.0.1:${backend.server.port()}/api/${plugin}`,
        getExternalBaseUrl: async plugin =>
          `http://127.0.0.1:${backend.server.port()}/api/${plugin}`,
      },
    });
  });

  afterAll(async () => {
    await proxy?.stop();
    await stopBackend?.();
  });

  const create = (name: string, data: Record<string, string>) =>
    client.create('admin', configMaps, configMap(`${run}-${name}`, data));
  const read = (name: string) =>
    client.get('admin', configMaps, {
      namespace: NAMESPACE,
      name: `${run}-${name}`,
    });
  const refusal = async (promise: Promise<unknown>) => {
    const error = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof KubernetesError)) {
      throw new Error(`Expected a refusal, got ${String(error)}`);
    }
    return error;
  };

  it('creates, reads, lists by label and deletes', async () => {
    const created = await create('crud', { a: '1' });
    expect(created.metadata.uid).toBeTruthy();
    expect((await read('crud')).data).toEqual({ a: '1' });
    await client.patch(
      'admin',
      configMaps,
      { namespace: NAMESPACE, name: `${run}-crud` },
      { type: 'merge', patch: { metadata: { labels: { run } } } },
    );
    const { items, resourceVersion } = await client.list('admin', configMaps, {
      namespace: NAMESPACE,
      labelSelector: `run=${run}`,
    });
    expect(items.map(item => item.metadata.name)).toEqual([`${run}-crud`]);
    expect(resourceVersion).toMatch(/^\d+$/);
    await client.delete('admin', configMaps, {
      namespace: NAMESPACE,
      name: `${run}-crud`,
    });
    expect((await refusal(read('crud'))).statusCode).toBe(404);
  });

  it('refuses a stale replace with 409', async () => {
    const first = await create('stale', { a: '1' });
    await client.replace('admin', configMaps, { ...first, data: { a: '2' } });
    const error = await refusal(
      client.replace('admin', configMaps, { ...first, data: { a: '3' } }),
    );
    expect([error.statusCode, error.reason, error.name]).toEqual([
      409,
      'Conflict',
      'ConflictError',
    ]);
    expect((await read('stale')).data).toEqual({ a: '2' });
  });

  it('refuses what is not valid with 422 and names the field', async () => {
    const error = await refusal(
      client.create('admin', deployments, {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: `${run}-bad`, namespace: NAMESPACE },
        spec: {
          selector: { matchLabels: { app: 'a' } },
          template: {
            metadata: { labels: { app: 'b' } },
            spec: { containers: [{ name: 'c', image: 'i' }] },
          },
        },
      }),
    );
    expect(error.statusCode).toBe(422);
    expect(error.message).toContain('spec.template.metadata.labels');
  });

  it('asks pods through the API server, and passes on that there is none', async () => {
    const error = await refusal(
      client.getFromPod(
        'admin',
        { namespace: NAMESPACE, name: `${run}-nobody` },
        15014,
        'debug/syncz',
      ),
    );
    expect([error.statusCode, error.name]).toEqual([404, 'NotFoundError']);
  });

  it('refuses with 403 what the token may not do', async () => {
    const error = await refusal(
      client.list('reader', SECRETS, { namespace: NAMESPACE }),
    );
    expect([error.statusCode, error.name]).toEqual([403, 'NotAllowedError']);
    expect(error.message).toContain('secrets');
  });

  it('applies, reports conflicts of field managers, and forces', async () => {
    const name = `${run}-apply`;
    const key = { namespace: NAMESPACE, name };
    const apply = (value: string, fieldManager: string, force = false) =>
      client.patch(
        'admin',
        configMaps,
        key,
        { type: 'apply', object: configMap(name, { a: value }), force },
        { fieldManager },
      );
    await apply('1', 'one');
    const error = await refusal(apply('2', 'two'));
    expect(error.statusCode).toBe(409);
    expect(error.message).toContain('one');
    expect((await apply('2', 'two', true)).data).toEqual({ a: '2' });
  });

  it('stores nothing in a dry run', async () => {
    await create('dry', { a: '1' });
    const answer = await client.patch(
      'admin',
      configMaps,
      { namespace: NAMESPACE, name: `${run}-dry` },
      { type: 'merge', patch: { data: { a: '2' } } },
      { dryRun: true },
    );
    expect(answer.data).toEqual({ a: '2' });
    expect((await read('dry')).data).toEqual({ a: '1' });
  });

  it('takes JSON patches, and refuses a failed test', async () => {
    await create('json', { a: '1' });
    const key = { namespace: NAMESPACE, name: `${run}-json` };
    const patched = await client.patch('admin', configMaps, key, {
      type: 'json',
      operations: [{ op: 'add', path: '/data/b', value: '2' }],
    });
    expect(patched.data).toEqual({ a: '1', b: '2' });
    const error = await refusal(
      client.patch('admin', configMaps, key, {
        type: 'json',
        operations: [{ op: 'test', path: '/data/a', value: '9' }],
      }),
    );
    expect([400, 422]).toContain(error.statusCode);
  });

  it('serves Istio objects', async () => {
    const name = `${run}-route`;
    await client.create('admin', virtualServices, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name, namespace: NAMESPACE },
      spec: {
        hosts: ['payment'],
        http: [{ route: [{ destination: { host: 'payment' } }] }],
      },
    });
    const { items } = await client.list('admin', virtualServices);
    expect(items.map(item => item.metadata.name)).toContain(name);
    const error = await refusal(
      client.create('admin', virtualServices, {
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        metadata: { name: `${run}-wrong`, namespace: NAMESPACE },
        spec: { hosts: 'payment' },
      }),
    );
    expect(error.statusCode).toBe(422);
  });

  it('watches from a version on, and ends by itself', async () => {
    const { resourceVersion } = await client.list('admin', configMaps);
    const abort = new AbortController();
    const seen: string[] = [];
    const watching = (async () => {
      const events = client.watch('admin', configMaps, {
        resourceVersion,
        timeoutSeconds: 3,
        signal: abort.signal,
      });
      for await (const event of events) {
        const text = describeEvent(event);
        if (text.includes(run) || event.type === 'OPENED') {
          seen.push(text);
        }
      }
    })();
    await create('watched', { a: '1' });
    await client.patch(
      'admin',
      configMaps,
      { namespace: NAMESPACE, name: `${run}-watched` },
      { type: 'merge', patch: { data: { a: '2' } } },
    );
    await client.delete('admin', configMaps, {
      namespace: NAMESPACE,
      name: `${run}-watched`,
    });
    await watching;
    expect(seen).toEqual([
      'OPENED',
      `ADDED ${run}-watched`,
      `MODIFIED ${run}-watched`,
      `DELETED ${run}-watched`,
    ]);
  });

  it('answers 410 to a version that is long gone', async () => {
    const error = await refusal(
      (async () => {
        const events = client.watch('admin', LIMIT_RANGES, {
          resourceVersion: '1',
          timeoutSeconds: 5,
          signal: AbortSignal.timeout(10_000),
        });
        for await (const event of events) {
          if (event.type !== 'OPENED') {
            throw new Error(`expected 410, got ${event.type}`);
          }
        }
      })(),
    );
    expect(error.statusCode).toBe(410);
  });

  it('keeps a cache current through cut connections, with one watch for all readers', async () => {
    const caches = new WatchCaches({
      client,
      logger: mockServices.logger.mock(),
      watchSeconds: 3,
    });
    const names = () =>
      (caches.get('admin', configMaps).objects ?? []).map(
        object => object.metadata.name,
      );
    await Promise.all(
      Array.from({ length: 50 }, () => caches.get('admin', configMaps).ready()),
    );
    const before = proxy.open();
    for (let reader = 0; reader < 50; reader++) {
      caches.get('admin', configMaps);
    }
    expect(proxy.open()).toBeLessThanOrEqual(before);

    await create('cached-1', {});
    await until(() => names().includes(`${run}-cached-1`));
    proxy.cut();
    await create('cached-2', {});
    await until(() => names().includes(`${run}-cached-2`));
    expect(names()).toContain(`${run}-cached-1`);
    await until(() => caches.get('admin', configMaps).status.state === 'ok');
    await caches.stop();
  });
}

function describeEvent(event: WatchEvent<KubernetesObject>): string {
  return 'object' in event
    ? `${event.type} ${event.object.metadata.name}`
    : event.type;
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > deadline) {
      throw new Error('It did not come about within 30 s');
    }
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
  }
}

describe('ClusterClient on the sandbox', () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>> | undefined;
  afterAll(() => sandbox?.stop());
  contract(async () => {
    sandbox = await startSandbox();
    return {
      name: 'sandbox',
      url: `${sandbox.url}/kubernetes`,
      adminToken: 'admin-token',
      readerToken: 'viewer-token',
    };
  });
});

const real = realTarget();
if (real) {
  describe(`ClusterClient on ${real.name}`, () => {
    contract(async () => real);
  });
}
