import { mockCredentials } from '@backstage/backend-test-utils';
import {
  activityListSchema,
  scopeResponseSchema,
} from '@orrery/backstage-plugin-orrery-common';
import request from 'supertest';
import { startOrrery } from './__testUtils__/startOrrery';

describe('orreryPlugin', () => {
  let orrery: Awaited<ReturnType<typeof startOrrery>>;

  afterEach(async () => {
    await orrery.stop();
  });

  const get = (path: string) =>
    request(orrery.server).get(`/api/orrery${path}`);
  const post = (path: string, body: object) =>
    request(orrery.server).post(`/api/orrery${path}`).send(body);
  const put = (path: string, body: object) =>
    request(orrery.server).put(`/api/orrery${path}`).send(body);
  const asService = (test: request.Test) =>
    test.set('Authorization', mockCredentials.service.header());

  it('lists clusters and namespaces, and says what it could not read', async () => {
    orrery = await startOrrery({ readOnly: true });
    const scope = scopeResponseSchema.parse((await get('/scope')).body);
    expect(scope.readOnly).toBe(true);
    expect(scope.clusters).toEqual([
      {
        name: 'kepler',
        title: 'Kepler',
        prometheus: true,
        namespaces: [
          { name: 'default', dataPlane: 'none' },
          { name: 'edge', dataPlane: 'ambient' },
          { name: 'wealth', dataPlane: 'sidecar' },
        ],
      },
      { name: 'tycho', title: 'tycho', prometheus: false, namespaces: [] },
    ]);
    expect(scope.sources).toEqual([
      expect.objectContaining({ name: 'kepler/namespaces', state: 'ok' }),
      expect.objectContaining({
        name: 'tycho/namespaces',
        state: 'forbidden',
        reason: 'Not for you',
      }),
    ]);
  });

  it('keeps the log that plugins write, in pages and by target', async () => {
    orrery = await startOrrery();
    const ids: string[] = [];
    for (const target of ['a', 'b', 'a', 'a', 'b']) {
      const { status, body } = await asService(
        post('/activity', {
          actor: 'user:default/kepler',
          action: 'restart-workload',
          target,
          reason: 'It leaks',
          summary: 'Restart',
          before: '',
          after: '',
          message: 'Started',
          undo: 'Nothing',
          idempotencyKey: `key-of-${ids.length}`,
        }),
      );
      expect(status).toBe(201);
      ids.push(body.activity.id);
    }
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const query = new URLSearchParams({
        limit: '2',
        ...(next && { before: next }),
      });
      const page = activityListSchema.parse(
        (await get(`/activity?${query}`)).body,
      );
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    } while (next);
    expect(seen).toHaveLength(5);
    expect([...seen].sort()).toEqual([...ids].sort());
    const ofB = await get('/activity?target=b');
    expect(ofB.body.items.map((row: { id: string }) => row.id).sort()).toEqual(
      [ids[1], ids[4]].sort(),
    );

    const ended = await asService(
      put(`/activity/${ids[0]}`, { state: 'succeeded', message: 'Well' }),
    );
    expect(ended.status).toBe(204);
    expect((await get(`/activity/${ids[0]}`)).body).toMatchObject({
      state: 'succeeded',
      message: 'Well',
      finishedAt: expect.any(String),
    });
  });

  it.each([
    ['/activity?limit=0', 400, /^limit: /],
    ['/activity?limit=many', 400, /^limit: expected number/],
    ['/activity?before=x', 400, /^before: expected the `next` of a page/],
    ['/activity?target=a&target=b', 400, /^target: expected string/],
    ['/activity/nothing', 404, /No activity nothing/],
  ])('refuses GET %s with %s', async (path, status, message) => {
    orrery = await startOrrery();
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(response.body.error.message).toMatch(message);
  });

  it('lets nobody but plugins write the log', async () => {
    orrery = await startOrrery();
    const forged = { state: 'succeeded', message: 'All well' };
    expect((await post('/activity', {})).status).toBe(403);
    expect((await put('/activity/x', forged)).status).toBe(403);
    const unknown = await asService(put('/activity/x', forged));
    expect(unknown.status).toBe(404);
    const bad = await asService(
      put('/activity/x', { state: 'great', message: '' }),
    );
    expect(bad.status).toBe(400);
    expect(bad.body.error.message).toMatch(/^state: /);
    expect((await get('/activity')).body.items).toEqual([]);
  });

  it('asks for credentials and permissions everywhere', async () => {
    orrery = await startOrrery({ denied: true });
    const refused = [
      await get('/scope'),
      await get('/activity'),
      await get('/activity/x'),
    ];
    expect(refused.map(({ status }) => status)).toEqual(Array(3).fill(403));
    expect(refused.map(({ body }) => body.error.message).join()).toMatch(
      /orrery.scope.read.*orrery.activity.read/,
    );
    const nobody = await get('/scope').set(
      'Authorization',
      mockCredentials.none.header(),
    );
    expect(nobody.status).toBe(401);
    expect(orrery.cluster.patches).toEqual([]);
  });
});
