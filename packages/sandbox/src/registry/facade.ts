import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Facade } from '../facade';
import type { World } from '../world/types';
import type { SourceHistory } from '../gitlab';
import { ImageCatalog } from './catalog';
import { configType, manifestType } from './manifest';

/** Where the registry is mounted: links to next pages are absolute paths. */
const PREFIX = '/registry';

/** Most entries of one page, and how many there are when nobody says. */
const PAGE = 1000;

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly detail: unknown = undefined,
  ) {
    super(message);
  }
}

interface Answer {
  status: number;
  body: string;
  type: string;
  headers?: Record<string, string>;
}

const json = (
  body: unknown,
  headers: Record<string, string> = {},
  status = 200,
): Answer => ({
  status,
  body: JSON.stringify(body),
  type: 'application/json; charset=utf-8',
  headers,
});

function pageOf(
  path: string,
  entries: readonly string[],
  query: URLSearchParams,
): { entries: string[]; headers: Record<string, string> } {
  const asked = query.get('n');
  const size = asked === null ? PAGE : Number(asked);
  if (!Number.isInteger(size) || size < 0 || size > PAGE) {
    throw new Refusal(
      400,
      'PAGINATION_NUMBER_INVALID',
      'invalid number of results requested',
      { n: asked },
    );
  }
  const last = query.get('last');
  const from = last === null ? 0 : entries.indexOf(last) + 1;
  const page = entries.slice(from, from + size);
  const more = size > 0 && from + size < entries.length;
  const next = new URLSearchParams({
    n: String(size),
    last: page.at(-1) ?? '',
  });
  return {
    entries: page,
    headers: more ? { Link: `<${PREFIX}${path}?${next}>; rel="next"` } : {},
  };
}

function answerTo(
  catalog: ImageCatalog,
  path: string,
  query: URLSearchParams,
): Answer {
  if (path === '/v2' || path === '/v2/') return json({});
  if (path === '/v2/_catalog') {
    const { entries, headers } = pageOf(
      '/v2/_catalog',
      catalog.repositories(),
      query,
    );
    return json({ repositories: entries }, headers);
  }
  const parts =
    /^\/v2\/(.+)\/(tags\/list|manifests\/([^/]+)|blobs\/([^/]+))$/.exec(path);
  if (!parts) throw new Refusal(404, 'UNSUPPORTED', '404 page not found');
  const [, name, action, reference, digest] = parts;
  const tags = catalog.tags(name);
  if (!tags) {
    throw new Refusal(
      404,
      'NAME_UNKNOWN',
      'repository name not known to registry',
      { name },
    );
  }
  if (action === 'tags/list') {
    const { entries, headers } = pageOf(path, tags, query);
    return json({ name, tags: entries }, headers);
  }
  if (reference !== undefined) {
    const found = catalog.find(name, reference);
    if (!found || found.configDigest === reference) {
      throw new Refusal(404, 'MANIFEST_UNKNOWN', 'manifest unknown', {
        name,
        tag: reference,
      });
    }
    return {
      status: 200,
      body: found.manifest,
      type: manifestType,
      headers: {
        'Docker-Content-Digest': found.manifestDigest,
        ETag: `"${found.manifestDigest}"`,
      },
    };
  }
  const found = catalog.find(name, digest);
  if (found?.configDigest !== digest) {
    throw new Refusal(404, 'BLOB_UNKNOWN', 'blob unknown to registry', {
      digest,
    });
  }
  return {
    status: 200,
    body: found.config,
    type: configType,
    headers: { 'Docker-Content-Digest': digest },
  };
}

function refused(error: Refusal): Answer {
  const { code, message, detail, status } = error;
  return json({ errors: [{ code, message, detail }] }, {}, status);
}

/**
 * The world's image registry over the OCI distribution protocol, to read
 * only. A client that knows images as `registry.kepler.example/wealth/payment`
 * asks for `wealth/payment` here.
 */
export function createRegistry(
  world: World,
  seed: number,
  source: SourceHistory,
): Facade {
  const catalog = new ImageCatalog(world, seed, source);
  const [first = 'wealth/payment'] = catalog.repositories();
  return {
    prefix: PREFIX,
    title: `Image registry ${world.registry}`,
    examples: [
      'curl {origin}/registry/v2/_catalog',
      `curl {origin}/registry/v2/${first}/tags/list`,
    ],
    handle(request: IncomingMessage, response: ServerResponse, path, query) {
      request.resume();
      const { method } = request;
      let answer: Answer;
      try {
        if (method !== 'GET' && method !== 'HEAD') {
          throw new Refusal(
            405,
            'UNSUPPORTED',
            'The operation is unsupported.',
          );
        }
        answer = answerTo(catalog, path, query);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        answer = refused(error);
      }
      response.writeHead(answer.status, {
        'Docker-Distribution-Api-Version': 'registry/2.0',
        'Content-Type': answer.type,
        'Content-Length': Buffer.byteLength(answer.body),
        ...answer.headers,
      });
      response.end(method === 'HEAD' ? undefined : answer.body);
    },
  };
}
