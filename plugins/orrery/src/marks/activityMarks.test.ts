import type { Activity } from '@orrery/backstage-plugin-orrery-common';
import type { OrreryApi } from '@orrery/backstage-plugin-orrery-react';
import { createActivityMarks } from './activityMarks';

function activity(id: string, overrides: Partial<Activity> = {}): Activity {
  return {
    id,
    startedAt: '2026-11-23T10:00:00Z',
    actor: 'user:default/guest',
    action: 'restart-workload',
    target: 'kepler/wealth/Deployment/order',
    reason: 'It leaks',
    summary: 'Restart Deployment order',
    before: '',
    after: '',
    state: 'succeeded',
    message: 'All pods run anew',
    undo: '',
    ...overrides,
  };
}

function setUp(...pages: Activity[][]) {
  const asked: (string | undefined)[] = [];
  const api: Partial<OrreryApi> = {
    activities: async ({ before } = {}) => {
      asked.push(before);
      const page = before === undefined ? 0 : Number(before);
      return {
        items: pages[page],
        next: page + 1 < pages.length ? String(page + 1) : undefined,
      };
    },
  };
  return {
    asked,
    read: (query: { cluster?: string; namespaces?: string[] } = {}) =>
      createActivityMarks(api as OrreryApi).read({
        fromMilliseconds: Date.parse('2026-11-23T09:00:00Z'),
        toMilliseconds: Date.parse('2026-11-23T11:00:00Z'),
        namespaces: [],
        ...query,
      }),
  };
}

describe('activity marks', () => {
  it('tell what was done, why, by whom and how it ended', async () => {
    const { read } = setUp([
      activity('a'),
      activity('b', { state: 'failed', message: 'Stuck', action: 'novel' }),
    ]);
    expect(await read()).toEqual([
      {
        id: 'a',
        atMilliseconds: Date.parse('2026-11-23T10:00:00Z'),
        kind: 'restart',
        title: 'Restart Deployment order',
        detail: 'All pods run anew. “It leaks” (user:default/guest)',
        isBad: false,
      },
      expect.objectContaining({ id: 'b', kind: 'other', isBad: true }),
    ]);
  });

  it('are of the cluster and namespaces in view', async () => {
    const { read } = setUp([
      activity('a'),
      activity('b', { target: 'kepler/loan/Deployment/scoring' }),
      activity('c', { target: 'tycho/wealth/Deployment/order' }),
    ]);
    const ids = async (query: object) =>
      (await read(query)).map(({ id }) => id);
    expect(await ids({ namespaces: ['loan'] })).toEqual(['b']);
    expect(await ids({ cluster: 'tycho' })).toEqual(['c']);
  });

  it('are read page by page, no further back than wanted', async () => {
    const { read, asked } = setUp(
      [activity('a')],
      [activity('b', { startedAt: '2026-11-23T08:00:00Z' })],
      [activity('c', { startedAt: '2026-11-23T07:00:00Z' })],
    );
    await read();
    expect(asked).toEqual([undefined, '1']);
  });

  it('stop in an endless log', async () => {
    const { read, asked } = setUp(
      ...Array.from({ length: 20 }, (_, index) => [activity(String(index))]),
    );
    expect(await read()).toHaveLength(5);
    expect(asked).toHaveLength(5);
  });
});
