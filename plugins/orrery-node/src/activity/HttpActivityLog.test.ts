import {
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { HttpActivityLog } from './HttpActivityLog';
import type { ActivityStart } from './types';

const BASE = 'http://orrery.example/api/orrery';

const START: ActivityStart = {
  actor: 'user:default/kepler',
  action: 'restart-workload',
  target: 'kepler/wealth/Deployment/order',
  reason: 'It leaks',
  summary: 'Restart order',
  before: '',
  after: '',
  message: 'Started',
  undo: '',
  idempotencyKey: 'first-press',
};

describe('HttpActivityLog', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const logger = mockServices.logger.mock();

  beforeEach(() => {
    logger.warn.mockClear();
  });

  const log = () =>
    new HttpActivityLog({
      discovery: mockServices.discovery.mock({
        getBaseUrl: async pluginId => `http://orrery.example/api/${pluginId}`,
      }),
      auth: mockServices.auth(),
      logger,
    });

  it('opens and updates rows with credentials of its own', async () => {
    const { idempotencyKey, ...fields } = START;
    const activity = {
      ...fields,
      id: 'row/1',
      startedAt: '2026-01-01T00:00:00Z',
      state: 'running',
    };
    const seen: unknown[] = [];
    server.use(
      http.post(`${BASE}/activity`, async ({ request }) => {
        seen.push(request.headers.get('authorization'), await request.json());
        return HttpResponse.json({ activity, created: true }, { status: 201 });
      }),
      http.put(`${BASE}/activity/:id`, async ({ request, params }) => {
        seen.push(params.id, await request.json());
        return new HttpResponse(null, { status: 204 });
      }),
    );
    await expect(log().start(START)).resolves.toEqual({
      activity,
      created: true,
    });
    await log().update('row/1', { state: 'succeeded', message: 'Well' });
    expect(seen).toEqual([
      expect.stringMatching(/^Bearer mock-service-token/),
      { ...fields, idempotencyKey },
      'row/1',
      { state: 'succeeded', message: 'Well' },
    ]);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it.each([
    [
      'refuses',
      () => new HttpResponse(null, { status: 503 }),
      'it answered 503',
    ],
    ['is away', () => HttpResponse.error(), /could not be written: .+/],
    ['talks nonsense', () => HttpResponse.text('<html>'), /not valid JSON/],
    [
      'answers another question',
      () => HttpResponse.json({ weather: 'fine' }),
      /activity/,
    ],
  ])('stands in nobody’s way when the log %s', async (_how, answer, reason) => {
    server.use(
      http.post(`${BASE}/activity`, answer),
      http.put(`${BASE}/activity/:id`, answer),
    );
    await expect(log().start(START)).resolves.toBeUndefined();
    expect(logger.warn.mock.calls[0][0]).toMatch(reason);
    await expect(
      log().update('row-1', { state: 'failed', message: '' }),
    ).resolves.toBeUndefined();
  });
});
