import { createHash } from 'node:crypto';
import { ManualClock } from '../clock';
import { SourceHistory } from '../gitlab';
import { Effects } from '../simulator';
import { serveFacade, type Served } from '../testing/serveFacade';
import { defaultWorld } from '../world/default';
import { createRegistry, ImageStore } from './index';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const digestOf = (text: string) =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`;

describe('pushing to the registry', () => {
  const clock = new ManualClock(Date.parse('2026-11-26T10:00:00Z'));
  const effects = new Effects();
  const images = new ImageStore({
    world: defaultWorld,
    seed: 1,
    source: new SourceHistory(defaultWorld, 1),
    clock,
    limitBytes: 1000,
  });
  const options = { images, host: 'registry.kepler.example', clock, seed: 1 };
  let served: Served;
  let guarded: Served;

  beforeAll(async () => {
    [served, guarded] = await Promise.all([
      serveFacade(createRegistry({ ...options, effects })[0]),
      serveFacade(
        createRegistry({ ...options, effects, asksForTokens: true })[0],
      ),
    ]);
  });

  afterAll(() => Promise.all([served.close(), guarded.close()]));

  const call = (
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ) => fetch(new URL(path, `${served.url}/`), { method, body, headers });

  const at = (path: string) => `${served.url}/v2/${path}`;
  const located = (response: Response) =>
    response.headers.get('location') ?? '';

  async function pushBlob(repository: string, content: string) {
    const begun = await call('POST', at(`${repository}/blobs/uploads/`));
    expect(begun.status).toBe(202);
    const digest = digestOf(content);
    const done = await call(
      'PUT',
      `${located(begun)}?digest=${digest}`,
      content,
    );
    expect(done.status).toBe(201);
    return { digest, size: content.length };
  }

  const manifestOf = (
    config: { digest: string; size: number },
    layer: { digest: string; size: number },
  ) =>
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        ...config,
      },
      layers: [
        { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', ...layer },
      ],
    });

  it('makes an image of what was pushed, which pods can pull from then on', async () => {
    const image = 'registry.kepler.example/wealth/shiny:1.0.0';
    expect(images.canPull(image)).toBe(false);
    const manifest = manifestOf(
      await pushBlob('wealth/shiny', '{}'),
      await pushBlob('wealth/shiny', 'layer'),
    );
    const put = await call(
      'PUT',
      at('wealth/shiny/manifests/1.0.0'),
      manifest,
      {
        'Content-Type': MANIFEST,
      },
    );
    expect(put.status).toBe(201);
    expect(put.headers.get('docker-content-digest')).toBe(digestOf(manifest));
    const got = await call('GET', at('wealth/shiny/manifests/1.0.0'));
    expect(await got.text()).toBe(manifest);
    const tags = await (await call('GET', at('wealth/shiny/tags/list'))).json();
    expect(tags).toEqual({ name: 'wealth/shiny', tags: ['1.0.0'] });
    expect(images.canPull(image)).toBe(true);
    expect(images.canPull(image.replace('1.0.0', '1.0.1'))).toBe(false);
  });

  it('takes pieces in order, and only so', async () => {
    const begun = await call('POST', at('wealth/pieces/blobs/uploads/'));
    const first = await call('PATCH', located(begun), 'hello ', {
      'Content-Range': '0-5',
    });
    expect(first.status).toBe(202);
    expect(first.headers.get('range')).toBe('0-5');
    const gap = await call('PATCH', located(first), 'x', {
      'Content-Range': '9-9',
    });
    expect(gap.status).toBe(416);
    const second = await call('PATCH', located(first), 'world', {
      'Content-Range': '6-10',
    });
    const digest = digestOf('hello world');
    const done = await call('PUT', `${located(second)}?digest=${digest}`);
    expect(done.status).toBe(201);
    const part = await call(
      'GET',
      at(`wealth/pieces/blobs/${digest}`),
      undefined,
      { Range: 'bytes=6-' },
    );
    expect([part.status, await part.text()]).toEqual([206, 'world']);
  });

  it('mounts what another repository has', async () => {
    const { digest } = await pushBlob('wealth/one', 'shared');
    const mounted = await call(
      'POST',
      at(`wealth/two/blobs/uploads/?mount=${digest}&from=wealth/one`),
    );
    expect(mounted.status).toBe(201);
    const other = await call(
      'POST',
      at(`wealth/two/blobs/uploads/?mount=${digestOf('none')}&from=wealth/one`),
    );
    expect(other.status).toBe(202);
  });

  it('knows lists of images for several platforms', async () => {
    const manifest = manifestOf(
      await pushBlob('wealth/multi', '{"a":1}'),
      await pushBlob('wealth/multi', 'bits'),
    );
    const child = digestOf(manifest);
    const index = JSON.stringify({
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: [
        {
          mediaType: MANIFEST,
          digest: child,
          size: manifest.length,
          platform: { os: 'linux', architecture: 'arm64' },
        },
      ],
    });
    const put = (reference: string, body: string, type: string) =>
      call('PUT', at(`wealth/multi/manifests/${reference}`), body, {
        'Content-Type': type,
      });
    const early = await put('1', index, INDEX);
    expect(early.status).toBe(400);
    expect((await early.json()).errors[0].code).toBe('MANIFEST_BLOB_UNKNOWN');
    expect((await put(child, manifest, MANIFEST)).status).toBe(201);
    expect((await put('1', index, INDEX)).status).toBe(201);
    const got = await call('HEAD', at('wealth/multi/manifests/1'));
    expect(got.headers.get('content-type')).toBe(INDEX);
  });

  it('forgets what is deleted', async () => {
    const manifest = manifestOf(
      await pushBlob('wealth/gone', '{"b":1}'),
      await pushBlob('wealth/gone', 'gone'),
    );
    await call('PUT', at('wealth/gone/manifests/1'), manifest, {
      'Content-Type': MANIFEST,
    });
    const path = at(`wealth/gone/manifests/${digestOf(manifest)}`);
    expect((await call('DELETE', path)).status).toBe(202);
    expect((await call('DELETE', path)).status).toBe(404);
    expect((await call('GET', at('wealth/gone/manifests/1'))).status).toBe(404);
  });

  it.each([
    ['PUT', 'wealth/shiny/manifests/2', '{}', 'MANIFEST_INVALID'],
    [
      'PUT',
      'wealth/shiny/manifests/2',
      manifestOf(
        { digest: digestOf('none'), size: 4 },
        { digest: digestOf('none'), size: 4 },
      ),
      'MANIFEST_BLOB_UNKNOWN',
    ],
    ['PUT', 'wealth/shiny/manifests/-x', '{}', 'TAG_INVALID'],
    ['PATCH', 'wealth/shiny/blobs/uploads/none', 'x', 'BLOB_UPLOAD_UNKNOWN'],
    ['POST', 'Wealth/blobs/uploads/', '', 'NAME_INVALID'],
    ['DELETE', 'wealth/payment/manifests/2.0.0', undefined, 'UNSUPPORTED'],
  ])('refuses %s %s', async (method, path, body, code) => {
    const refused = await call(method, at(path), body, {
      'Content-Type': MANIFEST,
    });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect((await refused.json()).errors[0]).toMatchObject({ code });
  });

  it('refuses another digest, and more than there is room for', async () => {
    const begun = await call('POST', at('wealth/shiny/blobs/uploads/'));
    const wrong = await call(
      'PUT',
      `${located(begun)}?digest=${digestOf('other')}`,
      'this',
    );
    expect([wrong.status, (await wrong.json()).errors[0].code]).toEqual([
      400,
      'DIGEST_INVALID',
    ]);
    const large = 'x'.repeat(2000);
    const again = await call('POST', at('wealth/shiny/blobs/uploads/'));
    const full = await call(
      'PUT',
      `${located(again)}?digest=${digestOf(large)}`,
      large,
    );
    expect([full.status, (await full.json()).errors[0].code]).toEqual([
      413,
      'DENIED',
    ]);
  });

  it('asks for a token, and looks at what it is for', async () => {
    const tags = `${guarded.url}/v2/wealth/payment/tags/list`;
    const asked = await fetch(tags);
    expect(asked.status).toBe(401);
    const challenge = asked.headers.get('www-authenticate') ?? '';
    const [, service, scope] =
      /service="([^"]+)",scope="([^"]+)"/.exec(challenge) ?? [];
    expect(scope).toBe('repository:wealth/payment:pull');
    const token = async (user: string, password: string, wanted = scope) => {
      const query = new URLSearchParams({ service, scope: wanted });
      const response = await fetch(`${guarded.url}/token?${query}`, {
        headers: { Authorization: basic(user, password) },
      });
      return response.ok ? (await response.json()).token : undefined;
    };
    const bearer = (value: string) => ({
      headers: { Authorization: `Bearer ${value}` },
    });
    const good = await token('reader', 'sandbox-reader');
    expect((await fetch(tags, bearer(good))).status).toBe(200);
    expect(await token('reader', 'wrong')).toBeUndefined();
    const uploads = `${guarded.url}/v2/wealth/payment/blobs/uploads/`;
    const both = 'repository:wealth/payment:pull,push';
    const push = async (user: string, password: string) => {
      const given = await token(user, password, both);
      const init = { method: 'POST', ...bearer(given) };
      return (await fetch(uploads, init)).status;
    };
    expect(await push('reader', 'sandbox-reader')).toBe(401);
    expect(await push('orrery', 'sandbox-registry')).toBe(202);
    clock.advance(301_000);
    expect((await fetch(tags, bearer(good))).status).toBe(401);
  });

  it('has projects and scans, as Harbor does', async () => {
    const api = `${served.url}/api/v2.0/projects`;
    const create = (name: string, headers = {}) =>
      fetch(api, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify({ project_name: name }),
      });
    const admin = { Authorization: basic('orrery', 'sandbox-registry') };
    expect((await create('fresh')).status).toBe(401);
    expect((await create('fresh', admin)).status).toBe(201);
    expect((await create('fresh', admin)).status).toBe(409);
    expect((await create('Not valid', admin)).status).toBe(400);
    const head = (name: string) =>
      fetch(`${api}?project_name=${name}`, { method: 'HEAD' });
    expect((await head('fresh')).status).toBe(200);
    expect((await head('nothing')).status).toBe(404);
    const artifacts = await (
      await fetch(
        `${api}/wealth/repositories/payment/artifacts?with_tag=true&with_scan_overview=true&with_label=true&page_size=50`,
      )
    ).json();
    const found = artifacts.find(({ tags }: { tags: { name: string }[] }) =>
      tags.some(({ name }) => name === '2.0.0'),
    );
    expect(found.labels[0].name).toBe('release');
    expect(Object.values(found.scan_overview)[0]).toMatchObject({
      scan_status: 'Success',
      end_time: expect.stringMatching(/^20/),
    });
    const missed = artifacts.filter(
      (each: { scan_overview: unknown }) => each.scan_overview === null,
    );
    expect(missed.length).toBeLessThan(artifacts.length);
    const one = `${api}/wealth/repositories/payment/artifacts/${found.digest}`;
    const scan = (headers = {}) =>
      fetch(`${one}/scan`, { method: 'POST', headers });
    expect((await scan()).status).toBe(401);
    expect((await scan(admin)).status).toBe(202);
    expect((await scan(admin)).status).toBe(409);
    const status = async () => {
      const answer = await fetch(`${one}?with_scan_overview=true`);
      const [report] = Object.values<{ scan_status: string }>(
        (await answer.json()).scan_overview,
      );
      return report.scan_status;
    };
    expect(await status()).toBe('Running');
    clock.advance(15_000);
    expect(await status()).toBe('Success');
  });

  it('can be down', async () => {
    effects.registry = 'down';
    expect((await call('GET', at('wealth/payment/tags/list'))).status).toBe(
      503,
    );
    effects.registry = 'answering';
  });
});
