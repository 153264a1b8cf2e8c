import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ActivityStore } from './ActivityStore';

const START = {
  actor: 'user:default/kepler',
  action: 'restart-workload',
  target: 'kepler/wealth/Deployment/order',
  reason: 'It leaks',
  summary: 'Restart order',
  before: 'a: 1',
  after: 'a: 2',
  message: 'Started',
  undo: 'Nothing to take back',
};

describe('ActivityStore', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function open() {
      const clock = { minute: 0 };
      const knex = await databases.init(databaseId);
      const database = mockServices.database({ knex, migrations: {} });
      const store = await ActivityStore.create({
        database,
        now: () => new Date(Date.UTC(2026, 0, 1, 0, clock.minute)),
      });
      return { store, clock, database };
    }

    it('opens one row per actor and key, whoever comes first', async () => {
      const { store } = await open();
      const answers = await Promise.all(
        Array.from({ length: 5 }, () =>
          store.start({ ...START, idempotencyKey: 'first-press' }),
        ),
      );
      expect(answers.filter(({ created }) => created)).toHaveLength(1);
      expect(new Set(answers.map(({ activity }) => activity.id)).size).toBe(1);
      expect(answers[0].activity).toEqual({
        ...START,
        id: expect.any(String),
        startedAt: '2026-01-01T00:00:00.000Z',
        state: 'running',
      });
      const other = await store.start({
        ...START,
        actor: 'user:default/tycho',
        idempotencyKey: 'first-press',
      });
      expect(other.created).toBe(true);
    });

    it('records progress until the end, and never after it', async () => {
      const { store, clock } = await open();
      const { activity } = await store.start({
        ...START,
        idempotencyKey: 'first-press',
      });
      const { id } = activity;
      clock.minute = 1;
      await expect(
        store.update(id, { state: 'running', message: '1 of 2' }),
      ).resolves.toBe('updated');
      await expect(store.get(id)).resolves.toEqual({
        ...activity,
        message: '1 of 2',
      });
      clock.minute = 2;
      await store.update(id, { state: 'succeeded', message: 'Done' });
      clock.minute = 3;
      await expect(
        store.update(id, { state: 'running', message: 'Late news' }),
      ).resolves.toBe('ended');
      await expect(store.get(id)).resolves.toMatchObject({
        state: 'succeeded',
        message: 'Done',
        finishedAt: '2026-01-01T00:02:00.000Z',
      });
      await expect(
        store.update('nothing', { state: 'failed', message: '' }),
      ).resolves.toBe('absent');
      await expect(store.get('nothing')).resolves.toBeUndefined();
    });

    it('pages from the newest to the oldest, through equal moments', async () => {
      const { store, clock } = await open();
      for (const [index, minute] of [0, 1, 1, 1, 2].entries()) {
        clock.minute = minute;
        await store.start({
          ...START,
          target: index % 2 === 0 ? 'even' : 'odd',
          idempotencyKey: `press-${index}`,
        });
      }
      const minutes: string[] = [];
      const ids = new Set<string>();
      let before: string | undefined;
      do {
        const page = await store.list({ limit: 2, before });
        for (const { id, startedAt } of page.items) {
          ids.add(id);
          minutes.push(startedAt.slice(14, 16));
        }
        before = page.next;
      } while (before);
      expect(minutes).toEqual(['02', '01', '01', '01', '00']);
      expect(ids.size).toBe(5);
      const odd = await store.list({ limit: 2, target: 'odd' });
      expect(odd.items.map(({ target }) => target)).toEqual(['odd', 'odd']);
      expect(odd.next).toBeUndefined();
    });

    it('survives a second start of the backend', async () => {
      const { store, database } = await open();
      await store.start({ ...START, idempotencyKey: 'first-press' });
      const again = await ActivityStore.create({ database });
      expect((await again.list({ limit: 10 })).items).toHaveLength(1);
    });
  });
});
