import type { PodHttpRequest } from '../pod-http';
import { sampleDeployment, serveTestCluster } from '../testing/cluster';

describe('pods/proxy', () => {
  const asked: PodHttpRequest[] = [];
  let cluster: Awaited<ReturnType<typeof serveTestCluster>>;
  let name: string;

  beforeAll(async () => {
    cluster = await serveTestCluster({
      podHttp: request => {
        asked.push(request);
        return request.port === 80
          ? { code: 200, contentType: 'text/plain', body: request.path }
          : undefined;
      },
    });
    cluster.store.put(
      'deployments.apps',
      sampleDeployment('app', { replicas: 1 }),
    );
    cluster.controllers.settle();
    [
      {
        metadata: { name },
      },
    ] = cluster.store.list('pods', 'default');
  });

  afterAll(() => cluster.close());

  const get = async (pod: string, path = '') => {
    const response = await fetch(
      `${cluster.url}/api/v1/namespaces/default/pods/${pod}/proxy${path}`,
    );
    return { code: response.status, text: await response.text() };
  };

  it('passes path and query on to the port', async () => {
    expect(await get(`${name}:80`, '/debug/syncz?a=b')).toEqual({
      code: 200,
      text: '/debug/syncz',
    });
    expect(asked.at(-1)).toMatchObject({ port: 80, method: 'GET' });
    expect(asked.at(-1)?.query.get('a')).toBe('b');
  });

  it('takes the first port without one, and a scheme before the name', async () => {
    expect(await get(name)).toEqual({ code: 200, text: '/' });
    expect((await get(`http:${name}:80`, '/x')).text).toBe('/x');
  });

  it('says what is wrong with the address', async () => {
    const closed = await get(`${name}:81`);
    expect(closed.code).toBe(503);
    expect(closed.text).toMatch(/:81: connect: connection refused/);
    expect((await get(`${name}:metrics`)).code).toBe(503);
    expect((await get(`a:b:c:d`)).code).toBe(400);
    const missing = await get('nobody:80');
    expect(missing.code).toBe(404);
    expect(missing.text).toContain('pods \\"nobody\\" not found');
  });
});
