import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { HttpActivityLog } from './HttpActivityLog';
import type { ActivityStart } from './types';

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
  const logger = mockServices.logger.mock();
  let server: Server;
  let answer: RequestListener;

  beforeEach(async () => {
    logger.warn.mockClear();
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  const origin = () =>
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const log = () =>
    new HttpActivityLog({
      discovery: mockServices.discovery.mock({
        getBaseUrl: async pluginId => `${origin()}/api/${pluginId}`,
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
    answer = async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      seen.push([
        request.method,
        request.url,
        request.headers.authorization,
        JSON.parse(Buffer.concat(chunks).toString()),
      ]);
      if (request.method === 'POST') {
        response.statusCode = 201;
        response.end(JSON.stringify({ activity, created: true }));
      } else {
        response.statusCode = 204;
        response.end();
      }
    };
    await expect(log().start(START)).resolves.toEqual({
      activity,
      created: true,
    });
    await log().update('row/1', { state: 'succeeded', message: 'Well' });
    const token = expect.stringMatching(/^Bearer mock-service-token/);
    expect(seen).toEqual([
      ['POST', '/api/orrery/activity', token, { ...fields, idempotencyKey }],
      [
        'PUT',
        '/api/orrery/activity/row%2F1',
        token,
        { state: 'succeeded', message: 'Well' },
      ],
    ]);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it.each<[string, RequestListener, string | RegExp]>([
    [
      'refuses',
      (_request, response) => {
        response.statusCode = 503;
        response.end();
      },
      'it answered 503',
    ],
    [
      'is away',
      request => request.socket.destroy(),
      /could not be written: .+/,
    ],
    [
      'talks nonsense',
      (_request, response) => response.end('<html>'),
      /not valid JSON/,
    ],
    [
      'answers another question',
      (_request, response) => response.end('{"weather":"fine"}'),
      /activity/,
    ],
  ])(
    'stands in nobody’s way when the log %s',
    async (_how, listener, reason) => {
      answer = listener;
      await expect(log().start(START)).resolves.toBeUndefined();
      expect(logger.warn.mock.calls[0][0]).toMatch(reason);
      await expect(
        log().update('row-1', { state: 'failed', message: '' }),
      ).resolves.toBeUndefined();
    },
  );

  describe('with what waits for a second person', () => {
    const { idempotencyKey, ...fields } = START;
    const WAITING = {
      ...fields,
      id: 'row/1',
      startedAt: '2026-01-01T00:00:00Z',
      state: 'waiting',
      approval: {
        plugin: 'lamps',
        requestedBy: 'user:default/kepler',
        neededUntil: '2026-01-02T00:00:00Z',
      },
    };
    const ASK = {
      ...START,
      plugin: 'lamps',
      input: { room: 'study' },
      resourceVersion: '7',
      neededUntil: '2026-01-02T00:00:00Z',
    };
    const VERDICT = {
      decision: 'approved',
      decidedBy: 'user:default/halley',
      decisionReason: 'It is dark',
      message: 'Approved by user:default/halley',
    } as const;
    let seen: unknown[];

    const answerWith = (body: object, statusCode = 200) => {
      seen = [];
      answer = async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) {
          chunks.push(chunk);
        }
        const text = Buffer.concat(chunks).toString();
        seen.push([
          request.method,
          request.url,
          text === '' ? undefined : JSON.parse(text),
        ]);
        response.statusCode = statusCode;
        response.end(JSON.stringify(body));
      };
    };

    it('asks for an approval', async () => {
      const body = { activity: WAITING, created: true };
      answerWith(body, 201);
      await expect(log().ask(ASK)).resolves.toEqual(body);
      expect(seen).toEqual([['POST', '/api/orrery/approvals', ASK]]);
    });

    it('reads what was asked, with what it takes to do it', async () => {
      const body = {
        activity: WAITING,
        input: { room: 'study' },
        resourceVersion: '7',
      };
      answerWith(body);
      await expect(log().readRequest('row/1')).resolves.toEqual(body);
      expect(seen).toEqual([
        ['GET', '/api/orrery/activity/row%2F1/request', undefined],
      ]);
    });

    it.each([true, false])('decides; decided: %s', async decided => {
      const body = { activity: { ...WAITING, state: 'running' }, decided };
      answerWith(body);
      await expect(log().decide('row/1', VERDICT)).resolves.toEqual(body);
      expect(seen).toEqual([
        ['PUT', '/api/orrery/activity/row%2F1/verdict', VERDICT],
      ]);
    });

    it('tells a row that is not there from a log that is not there', async () => {
      answerWith({}, 404);
      await expect(log().readRequest('row-9')).resolves.toBeUndefined();
      await expect(log().decide('row-9', VERDICT)).resolves.toBeUndefined();
      await expect(log().ask(ASK)).rejects.toThrow('it answered 404');
    });

    it.each<[string, RequestListener, RegExp]>([
      [
        'refuses',
        (_request, response) => {
          response.statusCode = 503;
          response.end();
        },
        /it answered 503/,
      ],
      ['is away', request => request.socket.destroy(), /does not answer: .+/],
      [
        'answers another question',
        (_request, response) => response.end('{"weather":"fine"}'),
        /activity/,
      ],
    ])('stops the action when the log %s', async (_how, listener, reason) => {
      answer = listener;
      for (const work of [
        () => log().ask(ASK),
        () => log().readRequest('row/1'),
        () => log().decide('row/1', VERDICT),
      ]) {
        await expect(work()).rejects.toMatchObject({
          name: 'ServiceUnavailableError',
          message: expect.stringMatching(reason),
        });
      }
    });
  });
});
