import { mockCredentials } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { NotAllowedError } from '@backstage/errors';
import {
  buildGraph,
  type MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import type { MeshService } from '../service/types';
import { pair } from '../__testUtils__/fakePrometheus';
import { registerActions } from './registerActions';

function graph(): MeshGraph {
  return {
    cluster: 'kepler',
    graphType: 'workload',
    namespaces: [],
    window: 60,
    at: '2026-11-23T10:00:00.000Z',
    sources: [
      { name: 'prometheus', state: 'ok' },
      { name: 'kubernetes/pods', state: 'forbidden', reason: 'not for you' },
    ],
    warnings: [],
    ...buildGraph({
      clusters: [
        {
          name: 'kepler',
          series: {
            requests: [
              { metric: pair('web -> order'), value: 10 },
              { metric: pair('order -> payment-v1'), value: 9 },
              {
                metric: pair('order -> payment-v1', { response_code: '503' }),
                value: 3,
              },
            ],
          },
          objects: {},
        },
      ],
      options: { graphType: 'workload', namespaces: [] },
    }),
  };
}

function setUp() {
  const asked: object[] = [];
  const registry = actionsRegistryServiceMock();
  const service: Partial<MeshService> = {
    graph: async (query, credentials) => {
      if (credentials.principal === undefined) {
        throw new NotAllowedError('no');
      }
      asked.push(query);
      return graph();
    },
  };
  registerActions(registry, service as MeshService);
  return {
    asked,
    invoke: (id: string, input: object) =>
      registry.invoke({
        id: `test:${id}`,
        input: input as never,
        credentials: mockCredentials.user(),
      }),
  };
}

describe('actions for agents', () => {
  it('gives the graph in short, the unhealthy first, and what is missing', async () => {
    const { invoke, asked } = setUp();
    const { output } = await invoke('get-graph', {
      namespaces: ['wealth', 'loan'],
      duration: '5m',
    });
    expect(asked[0]).toMatchObject({
      namespaces: ['wealth', 'loan'],
      windowSeconds: 300,
      graphType: 'workload',
    });
    expect(output).toMatchObject({
      totalNodes: 3,
      totalEdges: 2,
      nodes: [
        { name: 'payment-v1', health: 'failing', errorShare: 0.25 },
        { name: 'order' },
        { name: 'web' },
      ],
      edges: [{ health: 'failing', requestsPerSecond: 12 }, {}],
      problems: ['kubernetes/pods forbidden: not for you'],
    });
  });

  it('narrows it down by an expression, and names what is wrong with one', async () => {
    const { invoke } = setUp();
    expect(
      (await invoke('get-graph', { find: 'health = failing' })).output,
    ).toMatchObject({ totalNodes: 1 });
    await expect(
      invoke('get-graph', { find: 'health = = failing' }),
    ).rejects.toThrow(/find: expected/);
    await expect(invoke('get-graph', { duration: 'long' })).rejects.toThrow(
      /duration: expected/,
    );
  });

  it('explains why a node is as it is', async () => {
    const { invoke } = setUp();
    const { output } = await invoke('explain-health', {
      id: 'kepler/wealth/Workload/order',
    });
    expect(output).toMatchObject({
      at: '2026-11-23T10:00:00.000Z',
      explanation: {
        name: 'order',
        likelyCauses: [{ name: 'payment-v1' }],
      },
    });
    await expect(invoke('explain-health', { id: 'gone' })).rejects.toThrow(
      /id: no node "gone"/,
    );
  });
});
