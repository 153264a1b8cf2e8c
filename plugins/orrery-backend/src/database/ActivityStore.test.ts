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

const REQUEST = {
  ...START,
  idempotencyKey: 'first-press',
  plugin: 'delivery',
  input: { workload: 'kepler/wealth/Deployment/order' },
  resourceVersion: '7',
  neededUntil: '2026-01-01T00:30:00.000Z',
};

const verdict = (
  decidedBy: string,
  decision: 'approved' | 'rejected' | 'withdrawn' = 'approved',
) => ({
  decision,
  decidedBy,
  decisionReason: 'Seen',
  message: `${decision} by ${decidedBy}`,
});

jest.setTimeout(60_000);

describe('ActivityStore', () => {
  // PostgreSQL where one is running: its address is in the environment.
  const databases = TestDatabases.create({
    ids: ['POSTGRES_16', 'SQLITE_3'],
    disableDocker: true,
  });

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

    it('keeps what a second person is asked, and shows it as waiting', async () => {
      const { store } = await open();
      const { activity, created } = await store.ask(REQUEST);
      expect(created).toBe(true);
      expect(activity).toMatchObject({
        state: 'waiting',
        approval: {
          plugin: 'delivery',
          requestedBy: 'user:default/kepler',
          neededUntil: REQUEST.neededUntil,
        },
      });
      await expect(store.readRequest(activity.id)).resolves.toEqual({
        activity,
        input: REQUEST.input,
        resourceVersion: '7',
      });
      const again = await store.ask(REQUEST);
      expect([again.created, again.activity.id]).toEqual([false, activity.id]);
      const plain = await store.start({ ...START, idempotencyKey: 'other' });
      const waiting = await store.list({ limit: 10, state: 'waiting' });
      expect(waiting.items).toEqual([activity]);
      await expect(
        store.readRequest(plain.activity.id),
      ).resolves.toBeUndefined();
    });

    it('lets one decide of several at the same moment', async () => {
      const { store, database } = await open();
      const other = await ActivityStore.create({
        database,
        now: () => new Date(Date.UTC(2026, 0, 1)),
      });
      const { activity } = await store.ask(REQUEST);
      const people = ['tycho', 'brahe', 'galileo', 'maria'];
      const answers = await Promise.all(
        people.map((person, index) =>
          (index % 2 ? store : other).decide(
            activity.id,
            verdict(person, index < 2 ? 'approved' : 'rejected'),
          ),
        ),
      );
      const won = answers.flatMap((answer, index) =>
        answer?.decided ? people[index] : [],
      );
      expect(won).toHaveLength(1);
      const row = await store.get(activity.id);
      expect(row?.approval?.decidedBy).toBe(won[0]);
      expect(answers.map(answer => answer?.activity)).toEqual(
        people.map(() => row),
      );
    });

    it('runs on once approved, and ends once rejected or withdrawn', async () => {
      const { store, clock } = await open();
      const ids: string[] = [];
      for (const idempotencyKey of ['press-1', 'press-2', 'press-3']) {
        const { activity } = await store.ask({ ...REQUEST, idempotencyKey });
        ids.push(activity.id);
      }
      clock.minute = 5;
      const [approved, rejected, withdrawn] = ids;
      await store.decide(approved, verdict('tycho'));
      await store.decide(rejected, verdict('tycho', 'rejected'));
      await store.decide(withdrawn, verdict('kepler', 'withdrawn'));
      await expect(store.get(approved)).resolves.toMatchObject({
        state: 'running',
        approval: { decision: 'approved', decidedBy: 'tycho' },
      });
      await expect(store.get(rejected)).resolves.toMatchObject({
        state: 'rejected',
        finishedAt: '2026-01-01T00:05:00.000Z',
        message: 'rejected by tycho',
      });
      await expect(store.get(withdrawn)).resolves.toMatchObject({
        state: 'withdrawn',
        approval: { decidedAt: '2026-01-01T00:05:00.000Z' },
      });
      const waiting = await store.list({ limit: 10, state: 'waiting' });
      expect(waiting.items).toEqual([]);
      // Nothing but the approved one can go on.
      await expect(
        store.update(rejected, { state: 'running', message: 'Anyway' }),
      ).resolves.toBe('ended');
      await expect(
        store.update(approved, { state: 'succeeded', message: 'Done' }),
      ).resolves.toBe('updated');
      const late = await store.decide(approved, verdict('brahe', 'rejected'));
      expect(late).toMatchObject({
        decided: false,
        activity: { state: 'succeeded' },
      });
      await expect(
        store.decide('nothing', verdict('tycho')),
      ).resolves.toBeUndefined();
    });

    it('ends what nobody tells of any more', async () => {
      const { store, clock } = await open();
      const { activity } = await store.start({
        ...START,
        idempotencyKey: 'cut-off',
      });
      clock.minute = 59;
      await expect(store.get(activity.id)).resolves.toMatchObject({
        state: 'running',
      });
      clock.minute = 60;
      await expect(store.get(activity.id)).resolves.toMatchObject({
        state: 'failed',
        finishedAt: '2026-01-01T01:00:00.000Z',
        message: expect.stringMatching(/^Cut off/),
      });
    });

    it('counts the time of what waited from its approval', async () => {
      const { store, clock } = await open();
      const { activity } = await store.ask({
        ...REQUEST,
        neededUntil: '2026-01-01T02:00:00.000Z',
      });
      clock.minute = 90;
      await store.decide(activity.id, verdict('tycho'));
      clock.minute = 149;
      await expect(store.get(activity.id)).resolves.toMatchObject({
        state: 'running',
      });
    });

    it('expires what nobody decided, at the minute it was needed', async () => {
      const { store, clock } = await open();
      const { activity } = await store.ask(REQUEST);
      clock.minute = 29;
      await expect(store.get(activity.id)).resolves.toMatchObject({
        state: 'waiting',
      });
      clock.minute = 30;
      await expect(
        store.decide(activity.id, verdict('tycho')),
      ).resolves.toMatchObject({
        decided: false,
        activity: {
          state: 'expired',
          finishedAt: '2026-01-01T00:30:00.000Z',
          approval: { decision: 'expired', decidedBy: undefined },
        },
      });
      const waiting = await store.list({ limit: 10, state: 'waiting' });
      expect(waiting.items).toEqual([]);
    });
  });
});
