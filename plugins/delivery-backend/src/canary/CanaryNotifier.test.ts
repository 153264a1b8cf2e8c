import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { CanarySummary } from '@orrery/backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { openDatabase } from '../database/openDatabase';
import { CanaryNotifier } from './CanaryNotifier';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const CANARY: CanarySummary = {
  ref: 'kepler/wealth/CanaryPlan/quote',
  engine: 'istio',
  engineTitle: 'Istio',
  app: 'quote',
  services: ['kepler/wealth/quote'],
  owners: ['group:default/trading'],
  phase: 'Progressing',
  reason: 'Waits for time to pass',
  stepIndex: 1,
  stepCount: 3,
  stableVersion: '1.0.0',
  canaryVersion: '2.0.0',
  weights: { desired: 10 },
  startedAt: '2026-01-01T00:00:00.000Z',
  changedAt: '2026-01-01T00:01:00.000Z',
};

const WAITS: Partial<CanarySummary> = {
  phase: 'Paused',
  reason: 'Waits for an approval',
  waitsFor: { for: 'approval', sentence: 'Waits for an approval' },
  stepIndex: 2,
};
const ABORTED: Partial<CanarySummary> = {
  phase: 'Aborted',
  reason: '12 % of the canary’s requests fail',
};
const DONE: Partial<CanarySummary> = {
  phase: 'Done',
  reason: '2.0.0 has all traffic',
};

describe('CanaryNotifier', () => {
  let database: Knex;
  let canaries: CanarySummary[];
  let minutes: number;
  const logger = mockServices.logger.mock();
  const send = jest.fn(async (_: NotificationSendOptions) => {});
  const now = () => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000);

  beforeEach(async () => {
    database = await databases.init('SQLITE_3');
    await openDatabase({ getClient: async () => database });
    canaries = [CANARY];
    minutes = 0;
    send.mockReset();
    logger.warn.mockClear();
    logger.debug.mockClear();
  });

  const backend = (list = async () => canaries) =>
    new CanaryNotifier({
      service: {
        list: async () => ({
          canaries: await list(),
          engines: [],
          sources: [],
          warnings: [],
        }),
      },
      notifications: { send },
      database,
      logger,
      now,
    });

  const become = (change: Partial<CanarySummary>) => {
    canaries = [{ ...CANARY, ...change }];
  };

  const titles = () => send.mock.calls.map(([{ payload }]) => payload.title);

  it.each<[string, Partial<CanarySummary>, string, string]>([
    ['waits', WAITS, 'quote 2.0.0 waits for an approval', 'normal'],
    ['is aborted', ABORTED, 'quote 2.0.0 was aborted', 'high'],
    [
      'fails',
      { phase: 'Failed', reason: 'Routes were changed by someone else' },
      'quote 2.0.0 needs someone to look',
      'high',
    ],
    ['is done', DONE, 'quote 2.0.0 has all traffic', 'normal'],
  ])(
    'tells the owners once when it %s',
    async (_what, change, title, severity) => {
      const notifier = backend();
      await notifier.look();
      expect(send).not.toHaveBeenCalled();
      become(change);
      await notifier.look();
      await notifier.look();
      expect(send.mock.calls).toEqual([
        [
          {
            recipients: {
              type: 'entity',
              entityRef: ['group:default/trading'],
            },
            payload: {
              title,
              description: `${change.reason} (wealth in kepler, Istio)`,
              link: '/delivery?canary=kepler%2Fwealth%2FCanaryPlan%2Fquote',
              severity,
              topic: 'canary',
              scope: 'canary:kepler/wealth/CanaryPlan/quote',
            },
          },
        ],
      ]);
    },
  );

  it.each<[string, Partial<CanarySummary>]>([
    ['time', { waitsFor: { for: 'time', sentence: '' } }],
    ['an analysis', { waitsFor: { for: 'analysis', sentence: '' } }],
    ['whoever holds it', { waitsFor: { for: 'person', sentence: '' } }],
  ])('says nothing of one that waits for %s', async (_what, change) => {
    become({ ...change, phase: 'Paused' });
    await backend().look();
    expect(send).not.toHaveBeenCalled();
  });

  it('tells each change, under one scope that replaces the word before', async () => {
    const notifier = backend();
    await notifier.look();
    become(WAITS);
    await notifier.look();
    become({ ...WAITS, changedAt: '2026-01-01T00:09:00.000Z', stepIndex: 3 });
    await notifier.look();
    become(ABORTED);
    await notifier.look();
    expect(titles()).toEqual([
      'quote 2.0.0 waits for an approval',
      'quote 2.0.0 waits for an approval',
      'quote 2.0.0 was aborted',
    ]);
    expect(
      new Set(send.mock.calls.map(([{ payload }]) => payload.scope)).size,
    ).toBe(1);
  });

  it('tells once across backends, also those that look at the same moment', async () => {
    const backends = [backend(), backend(), backend()];
    await Promise.all(backends.map(notifier => notifier.look()));
    become(ABORTED);
    await Promise.all(backends.map(notifier => notifier.look()));
    await backend().look();
    expect(titles()).toEqual(['quote 2.0.0 was aborted']);
  });

  it('tells what needs somebody though a backend has just begun, and what was done before not', async () => {
    canaries = [
      { ...CANARY, ...WAITS },
      { ...CANARY, ...ABORTED, ref: 'kepler/wealth/CanaryPlan/order' },
      { ...CANARY, ...DONE, ref: 'kepler/wealth/CanaryPlan/fund' },
    ];
    minutes = 5;
    await backend().look();
    expect(titles()).toEqual([
      'quote 2.0.0 waits for an approval',
      'quote 2.0.0 was aborted',
    ]);
  });

  it('tells what finished since it began, though it sees the canary first then', async () => {
    const notifier = backend();
    become(DONE);
    await notifier.look();
    expect(titles()).toEqual(['quote 2.0.0 has all traffic']);
  });

  it('tells of the same version again when it finishes again', async () => {
    const notifier = backend();
    await notifier.look();
    for (const stableVersion of ['2.0.0', '1.0.0', '2.0.0']) {
      become({
        ...DONE,
        stableVersion,
        canaryVersion: undefined,
        startedAt: undefined,
      });
      await notifier.look();
      minutes += 90;
    }
    expect(titles()).toEqual([
      'quote 2.0.0 has all traffic',
      'quote 1.0.0 has all traffic',
      'quote 2.0.0 has all traffic',
    ]);
  });

  it('tells nobody where there is no owner, and says so in the log once', async () => {
    const notifier = backend();
    become({ ...ABORTED, owners: [] });
    await notifier.look();
    await notifier.look();
    expect(send).not.toHaveBeenCalled();
    expect(logger.debug.mock.calls).toEqual([
      [
        'Nobody is told that quote 2.0.0 was aborted: the catalog names no owner of kepler/wealth/CanaryPlan/quote',
      ],
    ]);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('tells owners who become known later', async () => {
    const notifier = backend();
    become({ ...WAITS, owners: undefined });
    await notifier.look();
    expect(logger.debug.mock.calls[0][0]).toMatch(/are not known$/);
    become(WAITS);
    await notifier.look();
    expect(titles()).toEqual(['quote 2.0.0 waits for an approval']);
  });

  it('harms nothing where notifications fail, warns once, and tries again', async () => {
    const notifier = backend();
    canaries = [
      { ...CANARY, ...WAITS },
      { ...CANARY, ...ABORTED, ref: 'kepler/wealth/CanaryPlan/order' },
    ];
    send.mockRejectedValue(new Error('Request failed with status 404'));
    await notifier.look();
    await notifier.look();
    expect(send).toHaveBeenCalledTimes(4);
    expect(logger.warn).toHaveBeenCalledTimes(2);
    expect(logger.warn.mock.calls[0][0]).toMatch(
      /^Owners of kepler\/wealth\/CanaryPlan\/quote could not .*status 404/,
    );
    send.mockReset();
    await notifier.look();
    await notifier.look();
    expect(titles()).toEqual([
      'quote 2.0.0 waits for an approval',
      'quote 2.0.0 was aborted',
    ]);
  });

  it('harms nothing where canaries cannot be read', async () => {
    const notifier = backend(async () => {
      throw new Error('The disk is full');
    });
    await expect(notifier.look()).resolves.toBeUndefined();
    expect(logger.warn.mock.calls[0][0]).toMatch(/The disk is full/);
  });
});
