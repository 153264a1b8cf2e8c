import type { LogsApi } from './LogsApi';
import { StoredSpanLogs } from './StoredSpanLogs';

const QUERY = {
  cluster: 'kepler',
  traceId: 'ab'.repeat(16),
  namespace: 'wealth',
  app: 'order',
  fromMilliseconds: Date.UTC(2026, 10, 26, 10),
  toMilliseconds: Date.UTC(2026, 10, 26, 10, 1),
};

function setUp(lines: object[], state = 'ok') {
  const search = jest.fn(async () => ({
    lines,
    provenance: {
      sources: [{ name: 'store', state, reason: 'it is busy' }],
      warnings: [],
    },
  }));
  const api = { search } as unknown as LogsApi;
  return { search, logs: new StoredSpanLogs(api) };
}

describe('StoredSpanLogs', () => {
  it('asks for one trace of one app, and tells the oldest first', async () => {
    const { search, logs } = setUp([
      { id: '2', at: 'later', level: 'error', text: 'b', fields: {} },
      { id: '1', at: 'before', level: 'info', text: 'a', pod: 'p', fields: {} },
    ]);
    expect(await logs.linesOf(QUERY)).toEqual([
      { id: '1', at: 'before', level: 'info', text: 'a', pod: 'p' },
      { id: '2', at: 'later', level: 'error', text: 'b' },
    ]);
    expect(search).toHaveBeenCalledWith(
      expect.objectContaining({
        namespaces: ['wealth'],
        app: 'order',
        traceId: QUERY.traceId,
        from: '2026-11-26T10:00:00.000Z',
      }),
      { limit: 50 },
    );
  });

  it('says what is wrong rather than that there is nothing', async () => {
    await expect(setUp([], 'failed').logs.linesOf(QUERY)).rejects.toThrow(
      'it is busy',
    );
    expect(await setUp([]).logs.linesOf(QUERY)).toEqual([]);
  });
});
