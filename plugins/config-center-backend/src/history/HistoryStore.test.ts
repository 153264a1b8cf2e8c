import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { ConsulEntry } from '../sources/answers';
import { HistoryObserver } from './HistoryObserver';
import {
  changeId,
  cursorOf,
  HistoryStore,
  type StoredChange,
} from './HistoryStore';

const MIGRATIONS = resolvePackagePath(
  '@orrery/backstage-plugin-config-center-backend',
  'migrations',
);
const databases = TestDatabases.create({
  ids: ['POSTGRES_16', 'SQLITE_3'],
  disableDocker: true,
});
const PREFIX = 'wealth.payment/';

function entry(key: string, text: string, modifyIndex: number): ConsulEntry {
  return {
    key: `${PREFIX}${key}`,
    text,
    bytes: text.length,
    flags: 0,
    createIndex: 1,
    modifyIndex,
  };
}

function change(
  key: string,
  modifyIndex: number,
  more: Partial<StoredChange> = {},
): StoredChange {
  const draft = {
    prefix: PREFIX,
    key,
    change: 'set' as const,
    at: '2026-11-26T10:00:00.000Z',
    by: 'orrery' as const,
    actor: 'user:default/lin',
    reason: 'Because',
    modifyIndex,
    consulIndex: modifyIndex,
    after: '2',
    ...more,
  };
  return { ...draft, id: changeId(draft) };
}

describe.each(databases.eachSupportedId())('the history on %s', id => {
  async function open() {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory: MIGRATIONS });
    const store = new HistoryStore(knex);
    return {
      store,
      observer: new HistoryObserver(store),
      other: new HistoryObserver(store),
      list: () => store.list({ prefix: PREFIX, limit: 100 }),
    };
  }
  const never = () => Promise.reject(new Error('Nobody asks again'));

  it('notices what is new, changed and gone, once', async () => {
    const { observer, other, list } = await open();
    const first = { entries: [entry('a', '1', 5)], index: 5 };
    await Promise.all([
      observer.observe(PREFIX, first, never),
      other.observe(PREFIX, first, never),
    ]);
    const second = {
      entries: [entry('a', '2', 6), entry('b', '1', 7)],
      index: 7,
    };
    await observer.observe(PREFIX, second, never);
    await other.observe(PREFIX, second, never);
    await observer.observe(PREFIX, { entries: [], index: 9 }, never);
    const told = (await list()).map(
      row => `${row.key} ${row.change} ${row.by} ${row.before}>${row.after}`,
    );
    expect(told.sort()).toEqual([
      'a deleted outside 2>undefined',
      'a seen outside undefined>1',
      'a set outside 1>2',
      'b deleted outside 1>undefined',
      'b set outside undefined>1',
    ]);
  });

  it.each(['the writer first', 'the watch first'])(
    'knows who wrote, %s',
    async order => {
      const { store, observer, list } = await open();
      await observer.observe(
        PREFIX,
        { entries: [entry('a', '1', 5)], index: 5 },
        never,
      );
      const write = () =>
        store.add(PREFIX, [change('a', 6, { before: '1' })], {
          set: [{ key: 'a', text: '2', modifyIndex: 6 }],
          gone: [],
        });
      const notice = () =>
        observer.observe(
          PREFIX,
          { entries: [entry('a', '2', 6)], index: 6 },
          never,
        );
      if (order === 'the writer first') {
        await write();
        await notice();
      } else {
        await notice();
        await write();
      }
      const rows = await list();
      expect(rows).toHaveLength(2);
      expect(rows.find(({ after }) => after === '2')).toMatchObject({
        by: 'orrery',
        actor: 'user:default/lin',
        reason: 'Because',
      });
    },
  );

  it('looks again at a listing that is older than what is known', async () => {
    const { store, observer, list } = await open();
    await store.add(PREFIX, [change('a', 9)], {
      set: [{ key: 'a', text: '2', modifyIndex: 9 }],
      gone: [],
    });
    const relist = jest.fn(async () => ({
      entries: [entry('a', '2', 9)],
      index: 9,
    }));
    await observer.observe(PREFIX, { entries: [], index: 8 }, relist);
    expect(relist).toHaveBeenCalledTimes(1);
    expect(await list()).toHaveLength(1);
    // A Consul that began anew says the same when it is asked again.
    await observer.observe(PREFIX, { entries: [], index: 3 }, async () => ({
      entries: [],
      index: 3,
    }));
    expect((await list()).some(({ change: what }) => what === 'deleted')).toBe(
      true,
    );
  });

  it('pages through changes of one instant', async () => {
    const { store } = await open();
    const changes = Array.from({ length: 120 }, (_, index) =>
      change(`k${index}`, 7),
    );
    await store.add(PREFIX, changes, { set: [], gone: [] });
    const seen: string[] = [];
    let before: string | undefined;
    for (;;) {
      const page = await store.list({ prefix: PREFIX, before, limit: 50 });
      seen.push(...page.map(({ key }) => key));
      const last = page.at(-1);
      if (!last) {
        break;
      }
      before = cursorOf(last);
    }
    expect(new Set(seen).size).toBe(120);
    expect(seen).toHaveLength(120);
    expect(await store.get(changes[3].id)).toEqual(changes[3]);
  });
});
