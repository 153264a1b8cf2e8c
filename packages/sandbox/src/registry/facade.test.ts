import { createServer, type Server } from 'node:http';
import { defaultWorld } from '../world/default';
import { SourceHistory } from '../gitlab';
import { createRegistry } from './facade';

describe('the registry', () => {
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    const facade = createRegistry(
      defaultWorld,
      1,
      new SourceHistory(defaultWorld, 1),
    );
    server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(
        request.url ?? '/',
        'http://localhost',
      );
      const path = pathname.slice(facade.prefix.length);
      void facade.handle(request, response, path, searchParams);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    origin = `http://127.0.0.1:${port}/registry`;
  });

  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  const get = (path: string, method = 'GET') =>
    fetch(`${origin}${path}`, { method });

  it('says which API it speaks', async () => {
    const response = await get('/v2/');
    expect(response.status).toBe(200);
    expect(response.headers.get('docker-distribution-api-version')).toBe(
      'registry/2.0',
    );
  });

  it('lists repositories once, whoever shares them', async () => {
    const { repositories } = await (await get('/v2/_catalog')).json();
    expect(repositories).toContain('wealth/payment');
    expect(repositories).toContain('loan/application');
    expect(new Set(repositories).size).toBe(repositories.length);
    // The test environment runs production's images; others come from elsewhere.
    expect(repositories).not.toContain('wealth-test/payment');
    expect(repositories).not.toContain('library/mysql');
  });

  it('lists tags that run, others, and those that tell what is wrong', async () => {
    const { name, tags } = await (
      await get('/v2/wealth/payment/tags/list')
    ).json();
    expect(name).toBe('wealth/payment');
    expect(tags).toEqual(
      expect.arrayContaining(['1.8.3', '2.0.0', '2.0.1', 'latest']),
    );
    for (const suffix of ['broken', 'slow', 'crash', 'slowstart', 'leak']) {
      expect(tags.some((tag: string) => tag.endsWith(`-${suffix}`))).toBe(true);
    }
    expect(tags.some((tag: string) => tag.endsWith('-missing'))).toBe(false);
  });

  it('pages', async () => {
    const all = (await (await get('/v2/wealth/payment/tags/list')).json()).tags;
    const seen: string[] = [];
    let next: string | undefined = '/v2/wealth/payment/tags/list?n=4';
    while (next) {
      const response: Response = await get(next);
      seen.push(...(await response.json()).tags);
      next = /^<\/registry(.*)>; rel="next"$/.exec(
        response.headers.get('link') ?? '',
      )?.[1];
    }
    expect(seen).toEqual(all);
    expect((await get('/v2/_catalog?n=none')).status).toBe(400);
  });

  it('serves manifests by tag and digest, and the config with its labels', async () => {
    const head = await get('/v2/wealth/payment/manifests/2.0.1', 'HEAD');
    expect(head.status).toBe(200);
    const digest = head.headers.get('docker-content-digest') ?? '';
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(head.headers.get('content-type')).toBe(
      'application/vnd.oci.image.manifest.v1+json',
    );
    expect(await head.text()).toBe('');
    const response = await get(`/v2/wealth/payment/manifests/${digest}`);
    const manifest = await response.json();
    const config = await (
      await get(`/v2/wealth/payment/blobs/${manifest.config.digest}`)
    ).json();
    expect(config).toMatchObject({
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      config: {
        Labels: {
          'org.opencontainers.image.revision':
            expect.stringMatching(/^[0-9a-f]{40}$/),
          'org.opencontainers.image.version': '2.0.1',
        },
      },
    });
  });

  it('has what can be deployed, listed or not', async () => {
    const status = async (reference: string) =>
      (await get(`/v2/wealth/quote/manifests/${reference}`)).status;
    expect(await status('9.9.9')).toBe(200);
    expect(await status('9.9.9-slow')).toBe(200);
    expect(await status('9.9.9-missing')).toBe(404);
  });

  it.each([
    ['/v2/wealth/nothing/tags/list', 'NAME_UNKNOWN'],
    ['/v2/wealth/payment/manifests/1-missing', 'MANIFEST_UNKNOWN'],
    [
      `/v2/wealth/payment/manifests/sha256:${'0'.repeat(64)}`,
      'MANIFEST_UNKNOWN',
    ],
    [`/v2/wealth/payment/blobs/sha256:${'0'.repeat(64)}`, 'BLOB_UNKNOWN'],
  ])('refuses %s', async (path, code) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect((await response.json()).errors[0]).toMatchObject({ code });
  });

  it('takes nothing', async () => {
    expect((await get('/v2/wealth/payment/manifests/1', 'PUT')).status).toBe(
      405,
    );
  });

  it('gives equal seeds equal digests', async () => {
    const digests = [1, 1, 2].map(seed => {
      const headers: Record<string, unknown> = {};
      const response = {
        writeHead: (_: number, sent: object) => Object.assign(headers, sent),
        end: () => undefined,
      };
      const request = { method: 'HEAD', resume: () => undefined };
      void createRegistry(
        defaultWorld,
        seed,
        new SourceHistory(defaultWorld, seed),
      ).handle(
        request as never,
        response as never,
        '/v2/wealth/quote/manifests/3.2.0',
        new URLSearchParams(),
      );
      return headers['Docker-Content-Digest'];
    });
    expect(digests[0]).toBe(digests[1]);
    expect(digests[0]).not.toBe(digests[2]);
  });
});
