import { SECRET_MASK } from '@orrery/backstage-plugin-config-center-common';
import { SERVICE, startConfig } from '../__testUtils__/startConfig';
import { managerOf } from './managerOf';

type World = Awaited<ReturnType<typeof startConfig>>;

const REF = 'kepler/wealth/ConfigMap/payment';

describe('the history of ConfigMaps', () => {
  let world: World;
  let version = 10;

  beforeEach(async () => {
    world = await startConfig();
    version = 10;
    world.cluster.objects.set('deployments', [
      {
        metadata: { name: 'payment', namespace: 'wealth' },
        spec: {
          template: {
            metadata: { labels: { app: 'payment' } },
            spec: {
              containers: [
                { name: 'p', envFrom: [{ configMapRef: { name: 'payment' } }] },
              ],
            },
          },
        },
      },
    ]);
    put({ mode: 'slow', password: 'Plum-1' });
  });
  afterEach(() => world.stop());

  /** Writes as somebody else does. */
  function put(data: Record<string, string>, manager = 'kubectl-edit'): void {
    version += 1;
    world.cluster.objects.set('configmaps', [
      {
        metadata: {
          name: 'payment',
          namespace: 'wealth',
          resourceVersion: String(version),
          managedFields: [
            {
              manager,
              time: '2026-11-26T10:00:00Z',
              fieldsV1: {
                'f:data': Object.fromEntries(
                  Object.keys(data).map(key => [`f:${key}`, {}]),
                ),
              },
            },
          ],
        },
        data,
      },
    ]);
  }

  const history = async (key?: string) => {
    const query = new URLSearchParams({ configMap: REF, ...(key && { key }) });
    const { body } = await world.get(`/config-maps/history?${query}`);
    return body.changes as Record<string, string>[];
  };
  const look = () => world.get(`/config-maps?service=${SERVICE}`).expect(200);
  const told = async () =>
    (await history())
      .map(
        ({ key, change, by, before = '', after = '', manager = '' }) =>
          `${key} ${change} ${by} ${before}>${after} ${manager}`,
      )
      .sort();

  it('tells what others changed, and by which manager', async () => {
    await look();
    put({ mode: 'fast', password: 'Plum-1', extra: '1' }, 'helm');
    await look();
    await look();
    put({ mode: 'fast', password: 'Plum-2' });
    expect(await told()).toEqual([
      'extra deleted outside 1> ',
      'extra set outside >1 helm',
      'mode seen outside >slow kubectl-edit',
      'mode set outside slow>fast helm',
      `password seen outside >${SECRET_MASK} kubectl-edit`,
      `password set outside ${SECRET_MASK}>${SECRET_MASK} (changed) kubectl-edit`,
    ]);
  });

  it('tells who wrote and why, and restores with a restart', async () => {
    const run = await world.run('set-config-map-key', {
      configMap: REF,
      key: 'mode',
      value: 'fast',
    });
    expect(run.status).toBe(202);
    expect((await world.ended(run.body.id)).state).toBe('succeeded');
    const [set, seen] = await history('mode');
    expect(set).toMatchObject({
      change: 'set',
      by: 'orrery',
      actor: 'user:default/mock',
      reason: 'Because',
      before: 'slow',
      after: 'fast',
    });
    const input = { configMap: REF, key: 'mode', change: seen.id };
    const preview = await world.preview('restore-config-map-key', input);
    expect(preview.body).toMatchObject({
      summary: 'Set mode of ConfigMap payment in wealth',
      before: 'fast',
      after: 'slow',
    });
    const back = await world.run('restore-config-map-key', input);
    expect(back.body.message).toBe(
      'ConfigMap payment accepted mode; Deployment payment restart',
    );
    expect(await history('mode')).toMatchObject([
      { by: 'orrery', after: 'slow' },
      { by: 'orrery', after: 'fast' },
      { by: 'outside', after: 'slow' },
    ]);
    const strange = { ...input, key: 'password' };
    await world.preview('restore-config-map-key', strange).expect(404);
  });

  it('brings back what was deleted, secrets too, without telling them', async () => {
    await look();
    const [seen] = await history('password');
    const gone = await world.run('delete-config-map-key', {
      configMap: REF,
      key: 'password',
      restart: false,
    });
    expect(gone.status).toBe(202);
    const [deleted] = await history('password');
    expect(deleted).toMatchObject({ change: 'deleted', by: 'orrery' });
    const back = await world.run('restore-config-map-key', {
      configMap: REF,
      key: 'password',
      change: seen.id,
      restart: false,
    });
    expect(back.status).toBe(202);
    expect(world.cluster.objects.get('configmaps')).toMatchObject([
      { data: { password: 'Plum-1' } },
    ]);
    const rows = JSON.stringify([
      ...world.log.rows.values(),
      await history('password'),
    ]);
    expect(rows).not.toContain('Plum');
  });

  it('refuses what is no ConfigMap', async () => {
    const { status, body } = await world.get(
      '/config-maps/history?configMap=kepler/wealth/Secret/payment',
    );
    expect([status, body.error.message]).toEqual([
      400,
      expect.stringContaining('the ref of a ConfigMap'),
    ]);
  });
});

describe('the manager of a key', () => {
  it('is the one that wrote it last', () => {
    const entry = (manager: string, time: string, key = 'a.b') => ({
      manager,
      time,
      fieldsV1: { 'f:data': { '.': {}, [`f:${key}`]: {} } },
    });
    const managedFields = [
      entry('helm', '2026-11-01T00:00:00Z'),
      entry('kubectl-edit', '2026-11-02T00:00:00Z'),
      entry('argocd', '2026-11-03T00:00:00Z', 'other'),
    ];
    const metadata = { name: 'x', managedFields };
    expect(managerOf({ metadata }, 'a.b')).toBe('kubectl-edit');
    expect(managerOf({ metadata }, 'none')).toBeUndefined();
    expect(managerOf({ metadata: { name: 'x' } }, 'a.b')).toBeUndefined();
  });
});
