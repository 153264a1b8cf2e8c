import { ManualClock } from '../clock';
import { SourceHistory } from '../gitlab';
import { Effects } from '../simulator';
import { serveFacade, type Served } from '../testing/serveFacade';
import { defaultWorld } from '../world/default';
import { createRegistry, ImageStore } from './index';

/** A registry of the default world on a port of its own, and what it keeps. */
async function serveRegistry(seed = 1): Promise<[Served, ImageStore]> {
  const clock = new ManualClock(Date.parse('2026-11-26T10:00:00Z'));
  const source = new SourceHistory(defaultWorld, seed);
  const images = new ImageStore({ world: defaultWorld, seed, source, clock });
  const [facade] = createRegistry({
    images,
    host: defaultWorld.registry,
    clock,
    seed,
    effects: new Effects(),
  });
  return [await serveFacade(facade), images];
}

describe('the registry', () => {
  let served: Served;
  let origin: string;

  beforeAll(async () => {
    [served] = await serveRegistry();
    origin = served.url;
  });

  afterAll(() => served.close());

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

  it('gives equal seeds equal digests', () => {
    const digests = [1, 1, 2].map(seed => {
      const source = new SourceHistory(defaultWorld, seed);
      const clock = new ManualClock(0);
      const images = new ImageStore({
        world: defaultWorld,
        seed,
        source,
        clock,
      });
      return images.manifest('wealth/quote', '3.2.0')?.digest;
    });
    expect(digests[0]).toBe(digests[1]);
    expect(digests[0]).not.toBe(digests[2]);
  });
});
