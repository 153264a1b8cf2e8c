import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import {
  encodeStreamEvent,
  type StreamEvent,
} from '@orrery/backstage-plugin-orrery-common';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { refuse } from '../__testUtils__/refuse';
import { followStream } from './followStream';

const URL = 'http://example.com/api/mesh/graph/stream';

describe('followStream', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  let abort: AbortController;
  const events: StreamEvent[] = [];
  const errors: [message: string, final: boolean][] = [];
  const resumedFrom: (string | null)[] = [];
  const pauses: number[] = [];

  beforeEach(() => {
    abort = new AbortController();
    events.length = 0;
    errors.length = 0;
    resumedFrom.length = 0;
    // Pauses between attempts are not what is tested: they end at once.
    jest.spyOn(globalThis, 'setTimeout').mockImplementation((callback, ms) => {
      pauses.push(Number(ms));
      if (Number(ms) < 40_000) {
        queueMicrotask(callback as () => void);
      }
      return 0 as unknown as ReturnType<typeof setTimeout>;
    });
    jest.spyOn(Math, 'random').mockReturnValue(1);
    pauses.length = 0;
  });

  afterEach(() => {
    abort.abort();
    jest.restoreAllMocks();
  });

  const waits = () => pauses.filter(pause => pause !== 40_000);

  /** Answers one request after the other; ends with the last answer. */
  function answer(...answers: (() => Response)[]) {
    server.use(
      http.get(URL, ({ request }) => {
        resumedFrom.push(request.headers.get('last-event-id'));
        const next = answers[resumedFrom.length - 1];
        if (!next) {
          abort.abort();
          return HttpResponse.error();
        }
        return next();
      }),
    );
  }

  const stream = (...chunks: string[]) =>
    new Response(chunks.join(''), {
      headers: { 'Content-Type': 'text/event-stream' },
    });

  const follow = (onEvent: (event: StreamEvent) => void = () => undefined) =>
    followStream({
      fetchApi: { fetch: (...request) => fetch(...request) },
      url: URL,
      signal: abort.signal,
      onEvent: event => {
        events.push(event);
        onEvent(event);
      },
      onError: ({ message }, final) => errors.push([message, final]),
    });

  it('reconnects when the line ends and resumes by the last id', async () => {
    const heartbeat = { event: 'heartbeat', data: '{}' } as const;
    answer(
      () =>
        stream(
          encodeStreamEvent({ event: 'snapshot', id: 'e-1', data: '1' }),
          encodeStreamEvent({ event: 'delta', id: 'e-2', data: '2' }),
          encodeStreamEvent(heartbeat),
          'event: delta\nid: e-3\ndata: cut o',
        ),
      () => stream(encodeStreamEvent({ event: 'delta', id: 'e-3', data: '3' })),
    );
    await follow();
    expect(resumedFrom).toEqual([null, 'e-2', 'e-3']);
    expect(events.map(({ data }) => data)).toEqual(['1', '2', '{}', '3']);
    expect(errors).toEqual([]);
  });

  it('tries again and again, ever later, while the server is away', async () => {
    const away = () => refuse(503, 'Being restarted');
    answer(
      ...Array.from({ length: 7 }, () => away),
      () => stream(encodeStreamEvent({ event: 'snapshot', data: '1' })),
      away,
    );
    await follow();
    expect(errors).toEqual(Array(8).fill(['Being restarted', false]));
    expect(waits()).toEqual([
      1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
      // Whoever has been answered starts over.
      1000, 2000,
    ]);
    expect(events).toHaveLength(1);
  });

  it.each([400, 401, 403, 404])(
    'takes a %s for the last word',
    async status => {
      answer(() => refuse(status, 'Not for you'));
      await follow();
      expect(errors).toEqual([['Not for you', true]]);
      expect(resumedFrom).toHaveLength(1);
    },
  );

  it('ends at once when it is told to, without a complaint', async () => {
    answer(() => stream(encodeStreamEvent({ event: 'snapshot', data: '1' })));
    await follow(() => abort.abort());
    expect(events).toHaveLength(1);
    expect(errors).toEqual([]);
    expect(resumedFrom).toHaveLength(1);
    await follow();
    expect(resumedFrom).toHaveLength(1);
  });
});
