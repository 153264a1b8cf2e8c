import type { Server } from 'node:http';
import { createCatalogHandler } from './catalog';
import type { Facade } from './facade';
import { IncidentRegistry } from './incidents';
import { createSandboxServer } from './server';
import { startWorld } from './simulator/testing';
import { defaultWorld } from './world/default';

const echo: Facade = {
  prefix: '/echo',
  title: 'Echo <test>',
  examples: ['curl {origin}/echo'],
  handle: (_, response, path, query) => {
    response.end(`${path}?${query}`);
  },
};

describe('the sandbox server', () => {
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    const { store, effects, clock } = startWorld();
    server = createSandboxServer({
      cluster: 'kepler-sh',
      summary: 'a world',
      facades: [echo],
      incidents: new IncidentRegistry({
        world: defaultWorld,
        store,
        effects,
        clock,
        reviewPod: () => undefined,
      }),
      catalog: createCatalogHandler(defaultWorld),
      status: () => ({ services: 16 }),
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    origin = `http://127.0.0.1:${port}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  it('lists interfaces and incidents on a page, escaped', async () => {
    const response = await fetch(origin);
    const page = await response.text();
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(page).toContain('Echo &lt;test&gt;');
    expect(page).toContain(`curl ${origin}/echo`);
    expect(page).toContain('action="/incidents/mysql-slow/start"');
  });

  it('strips the prefix of an interface', async () => {
    const at = async (path: string) => (await fetch(origin + path)).text();
    expect(await at('/echo')).toBe('/?');
    expect(await at('/echo/a/b?c=d')).toBe('/a/b?c=d');
  });

  it('starts and stops incidents', async () => {
    const post = (path: string, headers = {}) =>
      fetch(origin + path, { method: 'POST', headers, redirect: 'manual' });
    expect(
      await (await post('/incidents/mysql-slow/start')).json(),
    ).toMatchObject({ active: true });
    const list = await (await fetch(`${origin}/incidents`)).json();
    expect(list).toContainEqual(
      expect.objectContaining({ name: 'mysql-slow', active: true }),
    );
    const form = await post('/incidents/mysql-slow/stop', {
      Accept: 'text/html',
    });
    expect(form.status).toBe(303);
    expect(form.headers.get('location')).toBe('/');
    const unknown = await post('/incidents/flood/start');
    expect(unknown.status).toBe(404);
    expect((await unknown.json()).error).toContain(
      'known are payment-v2-errors',
    );
    const foreign = await post('/incidents/mysql-slow/start', {
      Origin: 'https://elsewhere.example',
    });
    expect(foreign.status).toBe(403);
    expect((await fetch(`${origin}/incidents/mysql-slow/start`)).status).toBe(
      405,
    );
  });

  it('serves the catalog with an ETag', async () => {
    const url = `${origin}/catalog/all.yaml`;
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toContain('text/yaml');
    expect(await response.text()).toContain('name: payment');
    const again = await fetch(url, {
      headers: { 'If-None-Match': response.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  it('says what it serves when asked for something else', async () => {
    const missing = await fetch(`${origin}/prometheus`);
    expect(missing.status).toBe(404);
    expect((await missing.json()).error).toContain('/echo/...');
    expect((await fetch(`${origin}/status`, { method: 'PUT' })).status).toBe(
      405,
    );
    expect(await (await fetch(`${origin}/status`)).json()).toEqual({
      services: 16,
    });
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  });
});
