import { mockApis, registerMswTestHooks } from '@backstage/frontend-test-utils';
import {
  encodeStreamEvent,
  type StreamEvent,
} from '@orrery/backstage-plugin-orrery-common';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { graphOf, node } from '../__testUtils__/graph';
import { MeshClient } from './MeshClient';

const BASE = 'http://example.com/api/mesh';
const REQUEST = {
  cluster: 'kepler',
  namespaces: ['loan', 'wealth'],
  graphType: 'app',
  duration: '5m',
} as const;
const GRAPH = graphOf([node('wealth/order', 'healthy')]);

function refuse(statusCode: number, message: string): Response {
  return HttpResponse.json(
    { error: { name: 'Error', message }, response: { statusCode } },
    { status: statusCode },
  );
}

describe('MeshClient', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  let client: MeshClient;
  const asked: string[] = [];

  beforeEach(() => {
    asked.length = 0;
    client = new MeshClient({
      discoveryApi: mockApis.discovery(),
      fetchApi: { fetch: (...request) => fetch(...request) },
    });
  });

  function answer(path: string, how: () => Response): void {
    server.use(
      http.get(`${BASE}${path}`, ({ request }) => {
        asked.push(request.url.slice(BASE.length));
        return how();
      }),
    );
  }

  it('asks with what is wanted, and leaves out what is not', async () => {
    answer('/graph', () => HttpResponse.json(GRAPH));
    await expect(client.graph(REQUEST)).resolves.toEqual(GRAPH);
    await client.graph({
      ...REQUEST,
      cluster: undefined,
      namespaces: [],
      at: '2026-01-01T00:00:00Z',
    });
    expect(asked).toEqual([
      '/graph?cluster=kepler&namespaces=loan%2Cwealth&graphType=app&duration=5m',
      '/graph?graphType=app&duration=5m&at=2026-01-01T00%3A00%3A00Z',
    ]);
  });

  it('passes the words of a refusal on, and refuses what is no graph', async () => {
    answer('/graph', () => refuse(404, 'cluster: expected one of kepler'));
    await expect(client.graph(REQUEST)).rejects.toThrow(
      /^cluster: expected one of kepler$/,
    );
    answer('/graph', () => HttpResponse.json({ nodes: 'many' }));
    await expect(client.graph(REQUEST)).rejects.toMatchObject({
      name: 'ZodError',
    });
  });

  it('follows a graph: what it is, how it changes, what goes wrong', async () => {
    const delta = {
      at: '2026-01-01T00:00:05Z',
      sources: [],
      warnings: [],
      nodes: [],
      edges: [],
      removedNodes: [GRAPH.nodes[0].id],
      removedEdges: [],
    };
    const events: StreamEvent[] = [
      { event: 'snapshot', id: 'e-0', data: JSON.stringify(GRAPH) },
      { event: 'delta', id: 'e-1', data: JSON.stringify(delta) },
      { event: 'heartbeat', data: '{}' },
      { event: 'problem', data: '{"message":"Prometheus is away"}' },
    ];
    answer(
      '/graph/stream',
      () => new Response(events.map(encodeStreamEvent).join('')),
    );
    const abort = new AbortController();
    const told: unknown[] = [];
    await client.follow(
      REQUEST,
      {
        onSnapshot: graph => told.push(graph),
        onDelta: change => told.push(change),
        onProblem: ({ message }, final) => {
          told.push([message, final]);
          abort.abort();
        },
      },
      abort.signal,
    );
    expect(told).toEqual([GRAPH, delta, ['Prometheus is away', false]]);
  });

  it('puts the parts of large events together, and begins anew when one is lost', async () => {
    const other = node('wealth/payment', 'failing');
    const whole = graphOf([GRAPH.nodes[0], other]);
    const part = (number: number, nodes: typeof whole.nodes): StreamEvent => ({
      event: 'snapshot',
      data: JSON.stringify({ ...whole, nodes, part: number, of: 2 }),
    });
    const answers = [
      [part(2, [other])],
      [part(1, [whole.nodes[0]]), part(2, [other])],
    ];
    answer(
      '/graph/stream',
      () =>
        new Response((answers.shift() ?? []).map(encodeStreamEvent).join('')),
    );
    const abort = new AbortController();
    const problems: string[] = [];
    const snapshots: unknown[] = [];
    await client.follow(
      REQUEST,
      {
        onSnapshot: graph => {
          snapshots.push(graph);
          abort.abort();
        },
        onDelta: jest.fn(),
        onProblem: ({ message }) => problems.push(message),
      },
      abort.signal,
    );
    expect(problems).toEqual([
      'part: expected 1 of 2, got 2; the stream has lost something',
    ]);
    expect(snapshots).toEqual([whole]);
    expect(asked).toHaveLength(2);
  });

  it('gives up following what it may not see', async () => {
    answer('/graph/stream', () =>
      refuse(403, 'mesh.graph.read is not granted'),
    );
    const onProblem = jest.fn();
    await client.follow(
      REQUEST,
      { onSnapshot: jest.fn(), onDelta: jest.fn(), onProblem },
      new AbortController().signal,
    );
    expect(onProblem.mock.calls).toEqual([
      [
        expect.objectContaining({ message: 'mesh.graph.read is not granted' }),
        true,
      ],
    ]);
    expect(asked).toHaveLength(1);
  });

  it('asks once for all rows of a list, but does not keep a failure', async () => {
    const summaries = { at: GRAPH.at, sources: [], warnings: [], items: [] };
    answer('/summaries', () => refuse(503, 'Out to lunch'));
    const failed = await Promise.allSettled([
      client.summaries(),
      client.summaries(),
    ]);
    expect(failed.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
    expect(asked).toHaveLength(1);
    answer('/summaries', () => HttpResponse.json(summaries));
    const answers = await Promise.all([
      client.summaries(),
      client.summaries({}),
      client.summaries({ cluster: 'tycho' }),
    ]);
    expect(answers).toEqual([summaries, summaries, summaries]);
    expect(asked.slice(1)).toEqual(['/summaries?', '/summaries?cluster=tycho']);
  });

  it('writes ids of nodes so that they stay one part of the path', async () => {
    let path = '';
    server.use(
      http.get(`${BASE}/nodes/*`, ({ request }) => {
        path = new URL(request.url).pathname;
        return refuse(404, 'id: no node');
      }),
    );
    await expect(
      client.node('kepler/wealth/Deployment/order', REQUEST),
    ).rejects.toThrow('id: no node');
    expect(path).toBe('/api/mesh/nodes/kepler%2Fwealth%2FDeployment%2Forder');
  });
});
