import { http, OBJECTS } from './__fixtures__/samples';
import { buildGraph } from './buildGraph';
import type { GraphObjects } from './types';

describe('ServiceEntries', () => {
  const entry = (name: string, hosts: string[], exportTo?: string[]) => ({
    kind: 'ServiceEntry',
    namespace: 'platform',
    name,
    hosts,
    exportTo,
  });
  const ask = (host: string) =>
    http('wealth/order -> unknown', 1, {
      destination_service: host,
      destination_service_name: host,
      destination_service_namespace: 'platform',
    });

  function outside(istio: GraphObjects['istio'], hosts: string[]) {
    const { nodes } = buildGraph({
      clusters: [
        {
          name: 'kepler',
          series: { requests: hosts.map(ask) },
          objects: { ...OBJECTS, istio },
        },
      ],
      options: { graphType: 'workload', namespaces: [] },
    });
    return nodes
      .filter(({ kind }) => kind === 'external')
      .map(({ name, inbound }) => `${name} ${inbound.requestsPerSecond}`)
      .sort();
  }

  it('are one node, however many hosts they name', () => {
    expect(
      outside([entry('banks', ['a.bank', 'b.bank'])], ['a.bank', 'b.bank']),
    ).toEqual(['banks 2']);
  });

  it('with the exact host win over patterns, and longer patterns over shorter', () => {
    expect(
      outside(
        [
          entry('all', ['*.bank']),
          entry('near', ['*.near.bank']),
          entry('one', ['a.near.bank']),
        ],
        ['a.near.bank', 'b.near.bank', 'c.bank'],
      ),
    ).toEqual(['*.bank 1', '*.near.bank 1', 'a.near.bank 1']);
  });

  it('count only where they are exported to', () => {
    expect(outside([entry('banks', ['*.bank'], ['.'])], ['a.bank'])).toEqual([
      'a.bank 1',
    ]);
    expect(
      outside([entry('banks', ['*.bank'], ['wealth'])], ['a.bank']),
    ).toEqual(['*.bank 1']);
  });
});

describe('services and operations between', () => {
  const requests = [
    http('wealth/order -> wealth/payment-v1', 6),
    http('wealth/order -> wealth/payment-v2', 3),
  ];

  it('puts the service that was asked for between caller and callee', () => {
    const { nodes, edges } = buildGraph({
      clusters: [{ name: 'kepler', series: { requests }, objects: OBJECTS }],
      options: { graphType: 'workload', namespaces: [], serviceNodes: true },
    });
    expect(
      edges.map(({ id, traffic }) => `${id} ${traffic.requestsPerSecond}`),
    ).toEqual([
      'kepler/wealth/Deployment/order>kepler/wealth/service/payment 9',
      'kepler/wealth/service/payment>kepler/wealth/Deployment/payment-v1 6',
      'kepler/wealth/service/payment>kepler/wealth/Deployment/payment-v2 3',
    ]);
    expect(
      nodes.find(({ id }) => id === 'kepler/wealth/service/report')?.health
        .state,
    ).toBe('idle');
  });

  it('puts operations there, and leaves what is not labelled on its edge', () => {
    const [first] = requests;
    const { edges, nodes } = buildGraph({
      clusters: [
        {
          name: 'kepler',
          series: {
            requests: [first],
            operations: [
              {
                metric: { ...first.metric, request_operation: 'Pay' },
                value: 4,
              },
            ],
          },
          objects: OBJECTS,
        },
      ],
      options: { graphType: 'workload', namespaces: [], operationNodes: true },
    });
    const target = 'kepler/wealth/Deployment/payment-v1';
    const rates = Object.fromEntries(
      edges.map(({ id, traffic }) => [id, traffic.requestsPerSecond]),
    );
    expect(rates).toEqual({
      [`kepler/wealth/Deployment/order>${target}#Pay`]: 4,
      [`${target}#Pay>${target}`]: 4,
      [`kepler/wealth/Deployment/order>${target}`]: 2,
    });
    expect(nodes.find(({ id }) => id === target)?.operations).toEqual([
      { name: 'Pay', requestsPerSecond: 4, errorShare: 0 },
    ]);
  });
});
