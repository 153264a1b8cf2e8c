import { createServer, type Server } from 'node:http';
import { HttpUpstream } from '.';

describe('HttpUpstream', () => {
  let server: Server;
  let upstream: HttpUpstream;
  let running = 0;
  let most = 0;

  beforeAll(async () => {
    server = createServer((request, response) => {
      running += 1;
      most = Math.max(most, running);
      const status = Number(request.url?.slice(1).split('?')[0]) || 200;
      setTimeout(
        () => {
          running -= 1;
          response.writeHead(status, { location: 'http://elsewhere.example' });
          response.end(
            request.headers.authorization === 'Bearer x'
              ? '{"told": "<b>no</b>"}'
              : 'who?',
          );
        },
        request.url?.endsWith('?slow') ? 3000 : 5,
      );
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    upstream = new HttpUpstream({
      name: 'Jenkins',
      url: `http://127.0.0.1:${port}`,
      headers: { Authorization: 'Bearer x' },
      timeoutSeconds: 0.5,
      maxConcurrency: 2,
    });
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('asks with the configured headers, and not too much at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => upstream.json('/200')),
    );
    expect(answers).toEqual(Array(6).fill({ told: '<b>no</b>' }));
    expect(most).toBe(2);
  });

  it.each([
    [400, 'InputError', 'Jenkins answered 400: {"told": " no "}'],
    [401, 'ServiceUnavailableError', 'Jenkins does not accept the credentials'],
    [403, 'ServiceUnavailableError', 'Jenkins forbids it: {"told": " no "}'],
    [404, 'NotFoundError', 'Jenkins does not have it'],
    [409, 'ConflictError', 'Jenkins answered 409: {"told": " no "}'],
    [302, 'ServiceUnavailableError', 'Jenkins answered 302: {"told": " no "}'],
    [500, 'ServiceUnavailableError', 'Jenkins answered 500: {"told": " no "}'],
  ])('tells a refusal with %d', async (status, name, message) => {
    await expect(upstream.json(`/${status}`)).rejects.toMatchObject({
      name,
      message,
      status,
    });
  });

  it('gives up in time, and says where it cannot get to', async () => {
    await expect(upstream.send('/200?slow')).rejects.toThrow(
      'Jenkins cannot be reached: it did not answer in time',
    );
    const nowhere = new HttpUpstream({
      name: 'Consul',
      url: 'http://127.0.0.1:1',
      headers: {},
      timeoutSeconds: 1,
      maxConcurrency: 1,
    });
    await expect(nowhere.send('/')).rejects.toThrow(
      /^Consul cannot be reached: /,
    );
  });
});
