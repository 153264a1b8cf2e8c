import { digestOfBytes } from '../BlobStore';
import { imageTypes, indexTypes, readManifest } from '../manifestTypes';
import {
  json,
  readBody,
  Refusal,
  unknownBlob,
  unknownName,
  unsupported,
  type Answer,
  type Exchange,
} from './Exchange';
import { pageOf } from './page';
import type { Uploads } from './uploads';

/** Largest manifest, as in the real registry. */
const LARGEST_MANIFEST = 4 * 1024 * 1024;

const NAME =
  /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

function bytesOf({ request }: Exchange, bytes: Buffer, answer: Answer): Answer {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const headers = { ...answer.headers, 'Accept-Ranges': 'bytes' };
  if (!range) return { ...answer, headers, body: bytes };
  const from = Number(range[1]);
  const to = Math.min(range[2] ? Number(range[2]) : Infinity, bytes.length - 1);
  if (from > to) {
    return {
      status: 416,
      headers: { 'Content-Range': `bytes */${bytes.length}` },
    };
  }
  return {
    ...answer,
    status: 206,
    headers: {
      ...headers,
      'Content-Range': `bytes ${from}-${to}/${bytes.length}`,
    },
    body: bytes.subarray(from, to + 1),
  };
}

function blob(exchange: Exchange, name: string, digest: string): Answer {
  const { images, method } = exchange;
  if (!DIGEST.test(digest)) {
    throw new Refusal(
      400,
      'DIGEST_INVALID',
      'provided digest did not match uploaded content',
      'invalid checksum digest format',
    );
  }
  if (method === 'DELETE') {
    if (!images.pushed.deleteBlob(name, digest)) throw unknownBlob(digest);
    return { status: 202 };
  }
  if (method !== 'GET' && method !== 'HEAD') throw unsupported();
  const bytes = images.blob(name, digest);
  if (!bytes) throw unknownBlob(digest);
  return bytesOf(exchange, bytes, {
    status: 200,
    type: 'application/octet-stream',
    headers: {
      'Docker-Content-Digest': digest,
      ETag: `"${digest}"`,
      'Cache-Control': 'max-age=31536000',
    },
  });
}

function checkContent(
  exchange: Exchange,
  name: string,
  bytes: Buffer,
  type: string,
) {
  const { images } = exchange;
  const content = readManifest(bytes, type);
  if (!content) throw new Refusal(400, 'MANIFEST_INVALID', 'manifest invalid');
  const missing = [
    ...content.blobs.filter(digest => !images.knowsBlob(name, digest)),
    ...content.manifests.filter(digest => !images.manifest(name, digest)),
  ];
  if (missing.length > 0) {
    throw new Refusal(
      400,
      'MANIFEST_BLOB_UNKNOWN',
      'blob unknown to registry',
      { Digest: missing[0] },
    );
  }
}

async function putManifest(
  exchange: Exchange,
  name: string,
  reference: string,
): Promise<Answer> {
  const { request, images, base } = exchange;
  const bytes = await readBody(request, LARGEST_MANIFEST);
  const isDigest = reference.includes(':');
  if (!isDigest && !TAG.test(reference)) {
    throw new Refusal(400, 'TAG_INVALID', 'manifest tag did not match URI');
  }
  const [type] = (request.headers['content-type'] ?? '').split(';');
  if (![...imageTypes, ...indexTypes].includes(type)) {
    throw new Refusal(
      400,
      'MANIFEST_INVALID',
      'manifest invalid',
      `unsupported media type ${type}`,
    );
  }
  const digest = digestOfBytes(bytes);
  if (isDigest && reference !== digest) {
    throw new Refusal(
      400,
      'DIGEST_INVALID',
      'provided digest did not match uploaded content',
    );
  }
  checkContent(exchange, name, bytes, type);
  images.pushed.putManifest(
    name,
    bytes,
    type,
    isDigest ? undefined : reference,
  );
  return {
    status: 201,
    headers: {
      Location: `${base}/v2/${name}/manifests/${digest}`,
      'Docker-Content-Digest': digest,
    },
  };
}

const unknownManifest = (name: string, reference: string) =>
  new Refusal(404, 'MANIFEST_UNKNOWN', 'manifest unknown', {
    name,
    tag: reference,
  });

async function manifest(
  exchange: Exchange,
  name: string,
  reference: string,
): Promise<Answer> {
  const { images, method } = exchange;
  if (method === 'PUT') return putManifest(exchange, name, reference);
  exchange.request.resume();
  if (method === 'DELETE') {
    const isGone = DIGEST.test(reference)
      ? images.pushed.deleteManifest(name, reference)
      : images.pushed.deleteTag(name, reference);
    if (isGone) return { status: 202 };
    // What the world has had for long stays.
    if (images.manifest(name, reference)) throw unsupported();
    throw unknownManifest(name, reference);
  }
  if (method !== 'GET' && method !== 'HEAD') throw unsupported();
  const found = images.manifest(name, reference);
  if (!found) throw unknownManifest(name, reference);
  return {
    status: 200,
    body: found.bytes,
    type: found.type,
    headers: {
      'Docker-Content-Digest': found.digest,
      ETag: `"${found.digest}"`,
    },
  };
}

const PARTS =
  /^\/v2\/(.+?)\/(?:tags\/(list)|manifests\/([^/]+)|blobs\/(uploads)\/([^/]*)|blobs\/([^/]+))$/;

/** Answers the OCI distribution protocol. @throws Refusal */
export async function distribution(
  exchange: Exchange,
  uploads: Uploads,
): Promise<Answer> {
  const { path, query, method, images, request } = exchange;
  const reads = method === 'GET' || method === 'HEAD';
  if (path === '/v2' || path === '/v2/') {
    request.resume();
    return json({});
  }
  if (path === '/v2/_catalog') {
    request.resume();
    if (!reads) throw unsupported();
    const { entries, headers } = pageOf(exchange, images.repositories(), query);
    return json({ repositories: entries }, headers);
  }
  const parts = PARTS.exec(path);
  if (!parts) throw new Refusal(404, 'UNSUPPORTED', '404 page not found');
  const [, name, list, reference, begins, upload, digest] = parts;
  if (!NAME.test(name) || name.length > 255) {
    throw new Refusal(400, 'NAME_INVALID', 'invalid repository name', { name });
  }
  if (list) {
    request.resume();
    if (!reads) throw unsupported();
    const tags = images.tags(name);
    if (!tags) throw unknownName(name);
    const { entries, headers } = pageOf(exchange, tags, query);
    return json({ name, tags: entries }, headers);
  }
  if (reference !== undefined) return manifest(exchange, name, reference);
  if (begins && upload === '') {
    if (method !== 'POST') throw unsupported();
    return uploads.begin(exchange, name);
  }
  if (begins) return uploads.handle(exchange, name, upload);
  request.resume();
  return blob(exchange, name, digest);
}
