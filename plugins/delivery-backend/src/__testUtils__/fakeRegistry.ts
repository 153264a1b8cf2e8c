import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const digestOf = (body: string) =>
  `sha256:${createHash('sha256').update(body).digest('hex')}`;

/** A registry on loopback that wants a token, and what it was asked. */
export async function startFakeRegistry(
  options: { withToken?: boolean; status?: number; tellsDigest?: boolean } = {},
) {
  const { withToken = false, tellsDigest = true } = options;
  const blobs = new Map<string, string>();
  const tags = new Map<string, string>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://registry');
    asked.push(`${request.method} ${url.pathname}`);
    const base = `http://${request.headers.host}`;
    const answer = (status: number, body = '', headers = {}) => {
      response.writeHead(status, headers);
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    if (options.status !== undefined) {
      answer(options.status);
    } else if (url.pathname === '/token') {
      const isKnown =
        request.headers.authorization ===
        `Basic ${Buffer.from('orrery:secret').toString('base64')}`;
      answer(isKnown ? 200 : 401, JSON.stringify({ token: 'key' }));
    } else if (withToken && request.headers.authorization !== 'Bearer key') {
      answer(401, '', {
        'WWW-Authenticate': `Bearer realm="${base}/token",service="fake",scope="repository:wealth/pay:pull"`,
      });
    } else if (url.pathname.endsWith('/tags/list')) {
      answer(200, JSON.stringify({ name: 'x', tags: [...tags.keys()] }));
    } else {
      const reference = url.pathname.split('/').at(-1) ?? '';
      const body = blobs.get(tags.get(reference) ?? reference);
      answer(
        body === undefined ? 404 : 200,
        body,
        body !== undefined && tellsDigest
          ? { 'Docker-Content-Digest': digestOf(body) }
          : {},
      );
    }
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const store = (value: object) => {
    const body = JSON.stringify(value);
    const digest = digestOf(body);
    blobs.set(digest, body);
    return { digest, size: body.length };
  };
  const image = (created: string, architecture = 'amd64') =>
    store({
      config: store({
        created,
        os: 'linux',
        architecture,
        config: {
          Labels: { 'org.opencontainers.image.revision': 'c0ffee' },
        },
      }),
      layers: [{ digest: 'sha256:layer', size: 1000 }],
    });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    /** Pushes an image of one platform; returns its digest. */
    push(tag: string, created: string): string {
      const { digest } = image(created);
      tags.set(tag, digest);
      return digest;
    },
    /** Pushes an index of two platforms; returns its digest. */
    pushIndex(tag: string, created: string): string {
      const { digest } = store({
        manifests: [
          {
            ...image(created),
            platform: { os: 'linux', architecture: 'amd64' },
          },
          {
            ...image(created, 'arm64'),
            platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
          },
          {
            ...store({}),
            platform: { os: 'unknown', architecture: 'unknown' },
          },
        ],
      });
      tags.set(tag, digest);
      return digest;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
