import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';

/**
 * What clients of the OCI distribution protocol expect, on whichever registry
 * is at this address; paths begin with /v2/.
 */
const registry = process.env.ORRERY_REAL_REGISTRY;
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const DOCKER = 'application/vnd.docker.distribution.manifest.v2+json';
const TYPES = [MANIFEST, INDEX, DOCKER].join(', ');

const digestOf = content =>
  `sha256:${createHash('sha256').update(content).digest('hex')}`;

async function send(method, path, { body, headers = {} } = {}) {
  const response = await fetch(new URL(path, `${registry}/`), {
    method,
    body,
    headers: { Accept: TYPES, ...headers },
  });
  const text = await response.text();
  return {
    status: response.status,
    header: name => response.headers.get(name),
    text,
    code: () => JSON.parse(text).errors[0].code,
  };
}

const at = path => `${registry}/v2/${path}`;
const withDigest = (location, digest) => {
  const url = new URL(location, `${registry}/`);
  url.searchParams.set('digest', digest);
  return url.href;
};

async function begin(repository) {
  const begun = await send('POST', at(`${repository}/blobs/uploads/`));
  assert.equal(begun.status, 202);
  assert.ok(begun.header('docker-upload-uuid'));
  return begun.header('location');
}

async function pushBlob(repository, content) {
  const digest = digestOf(content);
  const location = await begin(repository);
  const done = await send('PUT', withDigest(location, digest), {
    body: content,
    headers: { 'Content-Type': 'application/octet-stream' },
  });
  assert.equal(done.status, 201);
  assert.equal(done.header('docker-content-digest'), digest);
  return { digest, size: content.length };
}

function manifestOf(config, layer, type = MANIFEST) {
  const isDocker = type === DOCKER;
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: type,
    config: {
      mediaType: isDocker
        ? 'application/vnd.docker.container.image.v1+json'
        : 'application/vnd.oci.image.config.v1+json',
      ...config,
    },
    layers: [
      {
        mediaType: isDocker
          ? 'application/vnd.docker.image.rootfs.diff.tar.gzip'
          : 'application/vnd.oci.image.layer.v1.tar+gzip',
        ...layer,
      },
    ],
  });
}

const config = text =>
  JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    config: { Labels: { text } },
    rootfs: { type: 'layers', diff_ids: [] },
  });

const putManifest = (repository, reference, body, type = MANIFEST) =>
  send('PUT', at(`${repository}/manifests/${reference}`), {
    body,
    headers: { 'Content-Type': type },
  });

async function pushImage(repository, tag, text, type = MANIFEST) {
  const manifest = manifestOf(
    await pushBlob(repository, config(text)),
    await pushBlob(repository, `layer ${text}`),
    type,
  );
  const put = await putManifest(repository, tag, manifest, type);
  assert.equal(put.status, 201, put.text);
  assert.equal(put.header('docker-content-digest'), digestOf(manifest));
  assert.ok(put.header('location').includes(digestOf(manifest)));
  return manifest;
}

describe('a registry', () => {
  it('says which API it speaks', async () => {
    const answer = await send('GET', at(''));
    assert.equal(answer.status, 200);
    assert.equal(
      answer.header('docker-distribution-api-version'),
      'registry/2.0',
    );
  });

  for (const type of [MANIFEST, DOCKER]) {
    it(`gives an image back as it was pushed: ${type}`, async () => {
      const repository = type === MANIFEST ? 'contract/oci' : 'contract/docker';
      const manifest = await pushImage(repository, '1.0.0', 'first', type);
      for (const reference of ['1.0.0', digestOf(manifest)]) {
        const got = await send(
          'GET',
          at(`${repository}/manifests/${reference}`),
        );
        assert.equal(got.status, 200);
        assert.equal(got.text, manifest);
        assert.equal(got.header('content-type'), type);
        assert.equal(got.header('docker-content-digest'), digestOf(manifest));
      }
      const head = await send('HEAD', at(`${repository}/manifests/1.0.0`));
      assert.equal(head.status, 200);
      assert.equal(Number(head.header('content-length')), manifest.length);
      const { layers } = JSON.parse(manifest);
      const blob = at(`${repository}/blobs/${layers[0].digest}`);
      assert.equal((await send('GET', blob)).text, 'layer first');
      const found = await send('HEAD', blob);
      assert.equal(found.status, 200);
      assert.equal(Number(found.header('content-length')), layers[0].size);
      assert.equal(found.header('docker-content-digest'), layers[0].digest);
    });
  }

  it('gives parts of a blob', async () => {
    const { digest } = await pushBlob('contract/parts', 'hello world');
    const got = await send('GET', at(`contract/parts/blobs/${digest}`), {
      headers: { Range: 'bytes=6-8' },
    });
    assert.deepEqual([got.status, got.text], [206, 'wor']);
    assert.equal(got.header('content-range'), 'bytes 6-8/11');
  });

  it('takes a blob in pieces and says how far it is', async () => {
    const pieces = ['one ', 'two ', 'three'];
    let location = await begin('contract/pieces');
    let size = 0;
    for (const body of pieces) {
      const sent = await send('PATCH', location, {
        body,
        headers: {
          'Content-Type': 'application/octet-stream',
          'Content-Range': `${size}-${size + body.length - 1}`,
        },
      });
      assert.equal(sent.status, 202);
      size += body.length;
      assert.equal(sent.header('range'), `0-${size - 1}`);
      location = sent.header('location');
    }
    const status = await send('GET', location);
    assert.deepEqual(
      [status.status, status.header('range')],
      [204, `0-${size - 1}`],
    );
    const digest = digestOf(pieces.join(''));
    const done = await send('PUT', withDigest(location, digest));
    assert.equal(done.status, 201);
    const got = await send('GET', at(`contract/pieces/blobs/${digest}`));
    assert.equal(got.text, pieces.join(''));
  });

  it('gives up an upload, and knows it no more', async () => {
    const location = await begin('contract/given-up');
    assert.equal((await send('DELETE', location)).status, 204);
    const after = await send('GET', location);
    assert.deepEqual(
      [after.status, after.code()],
      [404, 'BLOB_UPLOAD_UNKNOWN'],
    );
  });

  it('mounts what another repository has, or begins an upload', async () => {
    const { digest } = await pushBlob('contract/from', 'shared');
    const path = mount =>
      at(`contract/to/blobs/uploads/?mount=${mount}&from=contract/from`);
    const mounted = await send('POST', path(digest));
    assert.equal(mounted.status, 201);
    assert.equal(mounted.header('docker-content-digest'), digest);
    const got = await send('GET', at(`contract/to/blobs/${digest}`));
    assert.equal(got.text, 'shared');
    assert.equal((await send('POST', path(digestOf('none')))).status, 202);
  });

  it('keeps images of several platforms together', async () => {
    const child = await pushImage('contract/multi', 'amd64', 'amd64');
    const index = JSON.stringify({
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: [
        {
          mediaType: MANIFEST,
          digest: digestOf(child),
          size: child.length,
          platform: { os: 'linux', architecture: 'amd64' },
        },
      ],
    });
    const put = await putManifest('contract/multi', 'all', index, INDEX);
    assert.equal(put.status, 201, put.text);
    const got = await send('GET', at('contract/multi/manifests/all'));
    assert.deepEqual([got.header('content-type'), got.text], [INDEX, index]);
    const lost = index.replace(digestOf(child), digestOf('none'));
    const refused = await putManifest('contract/multi', 'lost', lost, INDEX);
    assert.deepEqual(
      [refused.status, refused.code()],
      [400, 'MANIFEST_BLOB_UNKNOWN'],
    );
  });

  it('lists tags, and moves them', async () => {
    for (const tag of ['a', 'b', 'c']) {
      await pushImage('contract/tags', tag, tag);
    }
    const moved = await pushImage('contract/tags', 'a', 'moved');
    const all = await send('GET', at('contract/tags/tags/list'));
    const { name, tags } = JSON.parse(all.text);
    assert.equal(name, 'contract/tags');
    // The order is the specification's in newer registries only.
    assert.deepEqual(tags.sort(), ['a', 'b', 'c']);
    const got = await send('GET', at('contract/tags/manifests/a'));
    assert.equal(got.text, moved);
  });

  it('lists repositories in pages with a link to the next', async () => {
    await pushImage('contract/zz-one', '1', 'one');
    await pushImage('contract/zz-two', '1', 'two');
    const found = [];
    let next = at('_catalog?n=2');
    while (next) {
      const page = await send('GET', next);
      assert.equal(page.status, 200);
      found.push(...JSON.parse(page.text).repositories);
      next = /^<(.*)>; rel="next"$/.exec(page.header('link') ?? '')?.[1];
    }
    assert.ok(found.includes('contract/zz-one'));
    assert.ok(found.includes('contract/zz-two'));
    assert.deepEqual(found, [...found].sort());
  });

  it('forgets a manifest with its tags', async () => {
    const manifest = await pushImage('contract/gone', '1', 'gone');
    const path = at(`contract/gone/manifests/${digestOf(manifest)}`);
    assert.equal((await send('DELETE', path)).status, 202);
    const again = await send('DELETE', path);
    assert.deepEqual([again.status, again.code()], [404, 'MANIFEST_UNKNOWN']);
    const got = await send('GET', at('contract/gone/manifests/1'));
    assert.deepEqual([got.status, got.code()], [404, 'MANIFEST_UNKNOWN']);
  });

  it('forgets a blob', async () => {
    const { digest } = await pushBlob('contract/blob', 'gone');
    const path = at(`contract/blob/blobs/${digest}`);
    assert.equal((await send('DELETE', path)).status, 202);
    assert.equal((await send('HEAD', path)).status, 404);
  });

  const none = digestOf('none');
  const refusals = [
    ['GET', 'contract/nothing/tags/list', undefined, 404, 'NAME_UNKNOWN'],
    ['GET', 'contract/oci/manifests/9', undefined, 404, 'MANIFEST_UNKNOWN'],
    [
      'GET',
      `contract/oci/manifests/${none}`,
      undefined,
      404,
      'MANIFEST_UNKNOWN',
    ],
    ['GET', 'contract/nothing/manifests/1', undefined, 404, 'MANIFEST_UNKNOWN'],
    ['GET', `contract/oci/blobs/${none}`, undefined, 404, 'BLOB_UNKNOWN'],
    ['PUT', 'contract/oci/manifests/9', 'no json', 400, 'MANIFEST_INVALID'],
    [
      'PUT',
      'contract/oci/manifests/9',
      manifestOf({ digest: none, size: 4 }, { digest: none, size: 4 }),
      400,
      'MANIFEST_BLOB_UNKNOWN',
    ],
    ['PUT', `contract/oci/manifests/${none}`, '{}', 400, undefined],
    ['DELETE', `contract/oci/blobs/${none}`, undefined, 404, 'BLOB_UNKNOWN'],
  ];
  for (const [method, path, body, status, code] of refusals) {
    it(`refuses ${method} ${path}: ${status} ${code ?? ''}`, async () => {
      const refused = await send(method, at(path), {
        body,
        headers: body ? { 'Content-Type': MANIFEST } : {},
      });
      assert.equal(refused.status, status, refused.text);
      if (code) {
        assert.equal(refused.code(), code);
      }
    });
  }

  it('refuses content that is not what its digest says', async () => {
    const location = await begin('contract/oci');
    const refused = await send('PUT', withDigest(location, none), {
      body: 'other',
      headers: { 'Content-Type': 'application/octet-stream' },
    });
    assert.deepEqual([refused.status, refused.code()], [400, 'DIGEST_INVALID']);
    const without = await send('PUT', await begin('contract/oci'));
    assert.deepEqual([without.status, without.code()], [400, 'DIGEST_INVALID']);
  });
});
