import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import { HistoryStore } from '../history/HistoryStore';
import { ConfigMapHistory } from './ConfigMapHistory';

const MIGRATIONS = resolvePackagePath(
  '@orrery/backstage-plugin-config-center-backend',
  'migrations',
);
const databases = TestDatabases.create({
  ids: ['POSTGRES_16', 'SQLITE_3'],
  disableDocker: true,
});
const PLACE = {
  ref: 'kepler/wealth/ConfigMap/payment',
  cluster: 'kepler',
  namespace: 'wealth',
  name: 'payment',
};

const object = (
  data: Record<string, string>,
  resourceVersion: string,
): KubernetesObject => ({
  metadata: {
    name: 'payment',
    resourceVersion,
    managedFields: [
      { manager: 'helm', fieldsV1: { 'f:data': { 'f:a': {}, 'f:b': {} } } },
    ],
  },
  data,
});

describe.each(databases.eachSupportedId())(
  'the history of a ConfigMap on %s',
  id => {
    async function open() {
      const knex = await databases.init(id);
      await knex.migrate.latest({ directory: MIGRATIONS });
      const store = new HistoryStore(knex);
      const get = jest.fn(async () => object({ a: '2' }, '12'));
      const make = () =>
        new ConfigMapHistory({ store, client: { get } as never });
      return {
        get,
        one: make(),
        other: make(),
        rows: async () =>
          (await store.list({ prefix: PLACE.ref, limit: 100 })).map(
            ({ key, change, by, actor, manager, before, after, modifyIndex }) =>
              [
                `${key}${modifyIndex}`,
                change,
                by,
                actor ?? manager,
                `${before}>${after}`,
              ].join(' '),
          ),
      };
    }
    const write = { key: 'a', actor: 'user:default/lin', reason: 'Because' };

    it('has each change once, however many backends notice it', async () => {
      const { one, other, rows } = await open();
      await one.observe(PLACE, object({ a: '1' }, '11'));
      await Promise.all([
        one.observe(PLACE, object({ a: '2', b: '1' }, '12')),
        other.observe(PLACE, object({ a: '2', b: '1' }, '12')),
      ]);
      await other.observe(PLACE, undefined);
      expect((await rows()).sort()).toEqual([
        'a1 seen outside helm undefined>1',
        'a2 set outside helm 1>2',
        'a3 deleted outside  2>undefined',
        'b1 set outside helm undefined>1',
        'b2 deleted outside  1>undefined',
      ]);
    });

    it.each(['the writer first', 'the watch first'])(
      'knows who wrote, %s',
      async order => {
        const { one, other, rows } = await open();
        await one.observe(PLACE, object({ a: '1' }, '11'));
        const count = await one.count(PLACE, 'a');
        const written = object({ a: '2' }, '12');
        const record = () =>
          one.record(
            PLACE,
            { ...write, count, before: '1', after: '2' },
            written,
          );
        const notice = () => other.observe(PLACE, written);
        await (order === 'the writer first' ? record() : notice());
        await (order === 'the writer first' ? notice() : record());
        expect((await rows()).sort()).toEqual([
          'a1 seen outside helm undefined>1',
          'a2 set orrery user:default/lin 1>2',
        ]);
      },
    );

    it('counts on where a key comes back as it was', async () => {
      const { one, rows } = await open();
      for (const isThere of [true, false, true, false, true]) {
        await one.observe(PLACE, object(isThere ? { a: '1' } : {}, '20'));
      }
      expect(await rows()).toHaveLength(5);
    });

    it('reads again what was read before a write that is known', async () => {
      const { one, other, get, rows } = await open();
      await one.observe(PLACE, object({ a: '2' }, '12'));
      await other.observe(PLACE, object({ a: '1' }, '11'));
      expect(get).toHaveBeenCalledTimes(1);
      expect(await rows()).toHaveLength(1);
      // A cluster that was restored says the same when it is asked again.
      get.mockResolvedValue(object({ a: '0' }, '5'));
      await other.observe(PLACE, object({ a: '0' }, '5'));
      expect(await rows()).toHaveLength(2);
    });

    it('can be taken back and made again', async () => {
      const knex = await databases.init(id);
      await knex.migrate.latest({ directory: MIGRATIONS });
      await knex.migrate.rollback({ directory: MIGRATIONS }, true);
      expect(await knex.schema.hasTable('config_changes')).toBe(false);
      await knex.migrate.latest({ directory: MIGRATIONS });
      expect(await knex.schema.hasColumn('config_changes', 'manager')).toBe(
        true,
      );
    });
  },
);
