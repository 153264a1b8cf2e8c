import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { PrometheusClient } from '@orrery/backstage-plugin-orrery-node';
import { ReleaseMeter } from './ReleaseMeter';
import { ReleaseStore, type StoredRelease } from './ReleaseStore';

const MIGRATIONS = resolvePackagePath(
  '@orrery/backstage-plugin-delivery-backend',
  'migrations',
);
const databases = TestDatabases.create({
  ids: ['POSTGRES_16', 'SQLITE_3'],
  disableDocker: true,
});

function release(id: string, overrides: Partial<StoredRelease> = {}) {
  return {
    id,
    workload: 'kepler/wealth/Deployment/payment',
    cluster: 'kepler',
    namespace: 'wealth',
    app: 'payment',
    revision: 1,
    revisionName: 'payment-1',
    images: [{ container: 'app', image: 'pay:1' }],
    actor: { by: 'unknown' as const, sentence: 'Nobody knows' },
    isRollback: false,
    startedAt: '2026-11-26T10:00:00.000Z',
    state: 'progressing' as const,
    outcome: 'It has just begun',
    template: 'spec: {}\n',
    ...overrides,
  };
}

describe.each(databases.eachSupportedId())('ReleaseStore on %s', id => {
  async function open() {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory: MIGRATIONS });
    return { one: new ReleaseStore(knex), other: new ReleaseStore(knex) };
  }

  it('keeps one row of what two backends write', async () => {
    const { one, other } = await open();
    const many = Array.from({ length: 100 }, (_, number) =>
      release(`r${number}`, { revision: number }),
    );
    await Promise.all([one.add(many), other.add(many)]);
    expect(await one.ids('kepler')).toHaveProperty('size', 100);
    expect(await one.get('r7')).toEqual(many[7]);
  });

  it('lets only the first end a release', async () => {
    const { one, other } = await open();
    await one.add([release('a')]);
    const ended = '2026-11-26T10:05:00.000Z';
    await one.progress('a', {
      state: 'succeeded',
      outcome: 'All ready',
      finishedAt: ended,
    });
    await other.progress('a', { state: 'failed', outcome: 'No' });
    expect(await other.get('a')).toMatchObject({
      state: 'succeeded',
      finishedAt: ended,
    });
    expect(await one.open('kepler')).toEqual([]);
  });

  it('is measured before and after, or says why not', async () => {
    const { one } = await open();
    const done = {
      state: 'succeeded' as const,
      finishedAt: '2026-11-26T10:05:00.000Z',
    };
    await one.add([
      release('a', done),
      release('b', {
        ...done,
        cluster: 'tycho',
        workload: 'tycho/w/Deployment/x',
      }),
      release('late', { ...done, finishedAt: '2026-11-26T10:55:00.000Z' }),
    ]);
    const asked: number[] = [];
    const values: Record<string, number> = { requests: 20, errors: 1, p95: 42 };
    const client: PrometheusClient = {
      query: async () => [],
      queryRange: async () => [],
      queryAll: async (expressions, { timeMilliseconds }) => {
        asked.push(timeMilliseconds);
        const answers: Awaited<
          ReturnType<typeof client.queryAll<keyof typeof expressions>>
        >['answers'] = {};
        for (const name of Object.keys(
          expressions,
        ) as (keyof typeof expressions)[]) {
          answers[name] = [{ metric: {}, value: values[name] }];
        }
        return { answers, failures: {} };
      },
    };
    const meter = new ReleaseMeter({
      store: one,
      logger: mockServices.logger.mock(),
      now: () => new Date('2026-11-26T11:00:00.000Z'),
      prometheus: new Map([['kepler', client]]),
    });
    await meter.measureAll();
    expect(await one.get('a')).toMatchObject({
      before: {
        until: '2026-11-26T10:00:00.000Z',
        requestsPerSecond: 20,
        errorShare: 0.05,
        p95Milliseconds: 42,
      },
      after: { until: '2026-11-26T10:15:00.000Z' },
    });
    expect((await one.get('b'))?.after).toMatchObject({
      reason: 'No Prometheus is configured for cluster tycho',
    });
    expect(await one.get('late')).not.toHaveProperty('after');
    await meter.measureAll();
    expect(asked).toHaveLength(2);
  });
});
