import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stringify } from 'yaml';
import type { World } from '../world/types';
import { catalogEntities } from './entities';

/** The catalog as one file of YAML documents. */
export function catalogYaml(world: World): string {
  return catalogEntities(world)
    .map(entity => `---\n${stringify(entity)}`)
    .join('');
}

/** Serves the world's catalog as a git host's raw view would: with an ETag, honouring If-None-Match. */
export function createCatalogHandler(world: World) {
  const body = catalogYaml(world);
  const etag = `"${createHash('sha256')
    .update(body)
    .digest('hex')
    .slice(0, 32)}"`;
  return (request: IncomingMessage, response: ServerResponse): void => {
    const headers = { ETag: etag, 'Cache-Control': 'no-cache' };
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
    response
      .writeHead(200, {
        ...headers,
        'Content-Type': 'text/yaml; charset=utf-8',
        'Content-Length': Buffer.byteLength(body),
      })
      .end(request.method === 'HEAD' ? undefined : body);
  };
}
