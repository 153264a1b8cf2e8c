import { http, OBJECTS, sample } from './__fixtures__/samples';
import { buildGraph } from './buildGraph';

describe('figures of edges', () => {
  it('name the reporter that most of the traffic comes from', () => {
    const requests = [
      http('wealth/order -> wealth/payment-v1', 3),
      http('wealth/order -> wealth/payment-v2', 5, { reporter: 'destination' }),
    ];
    const reporterOf = (list: typeof requests) =>
      buildGraph({
        clusters: [
          { name: 'kepler', series: { requests: list }, objects: OBJECTS },
        ],
        options: { graphType: 'app', namespaces: [] },
      }).edges[0].reporter;
    expect(reporterOf(requests)).toBe('destination');
    expect(reporterOf([...requests].reverse())).toBe('destination');
  });

  it('count connections of TCP', () => {
    const pair = 'wealth/order -> wealth/payment-v1';
    const { edges } = buildGraph({
      clusters: [
        {
          name: 'kepler',
          series: { tcpConnections: [sample(pair, 4)] },
          objects: OBJECTS,
        },
      ],
      options: { graphType: 'workload', namespaces: [] },
    });
    expect(edges[0].traffic).toMatchObject({
      protocols: ['tcp'],
      connectionsPerSecond: 4,
    });
  });

  it('know that hosts outside have no data plane of ours', () => {
    const ask = (host: string) =>
      http('wealth/order -> unknown', 1, {
        destination_service: host,
        destination_service_name: host,
      });
    const { nodes } = buildGraph({
      clusters: [
        {
          name: 'kepler',
          series: {
            requests: [ask('a.bank.example'), ask('BlackHoleCluster')],
          },
          objects: OBJECTS,
        },
      ],
      options: { graphType: 'workload', namespaces: [] },
    });
    const planes = nodes
      .filter(({ kind }) => kind === 'external' || kind === 'passthrough')
      .map(({ kind, dataPlane }) => `${kind} ${dataPlane}`);
    expect(planes.sort()).toEqual(['external none', 'passthrough none']);
  });

  it('leave a service of another namespace off the way', () => {
    // A ServiceEntry’s name, or a host of elsewhere: not the callee’s own.
    const { edges } = buildGraph({
      clusters: [
        {
          name: 'kepler',
          series: {
            requests: [
              http('wealth/order -> wealth/payment-v1', 1, {
                destination_service_namespace: 'loan',
              }),
            ],
          },
          objects: OBJECTS,
        },
      ],
      options: { graphType: 'workload', namespaces: [], serviceNodes: true },
    });
    expect(edges.map(({ id }) => id)).toEqual([
      'kepler/wealth/Deployment/order>kepler/wealth/Deployment/payment-v1',
    ]);
  });
});

describe('rows one after the other', () => {
  const base = http('wealth/order -> wealth/payment-v1', 1);

  it.each([
    'source_workload',
    'source_workload_namespace',
    'source_cluster',
    'destination_workload',
    'destination_workload_namespace',
    'destination_cluster',
  ])('are different edges when only %s differs', label => {
    const other = {
      metric: { ...base.metric, [label]: `other-${label}` },
      value: 2,
    };
    const { edges } = buildGraph({
      clusters: [
        { name: 'kepler', series: { requests: [base, other] }, objects: {} },
      ],
      options: { graphType: 'workload', namespaces: [] },
    });
    expect(
      edges.map(({ traffic }) => traffic.requestsPerSecond).sort(),
    ).toEqual([1, 2]);
  });

  it.each(['destination_service_name', 'destination_service'])(
    'are different services or hosts when only %s differs',
    label => {
      const value = `other.wealth.svc.cluster.local`;
      const other = { metric: { ...base.metric, [label]: value }, value: 2 };
      const { edges } = buildGraph({
        clusters: [
          { name: 'kepler', series: { requests: [base, other] }, objects: {} },
        ],
        options: { graphType: 'workload', namespaces: [], serviceNodes: true },
      });
      const told =
        label === 'destination_service'
          ? edges.flatMap(({ hosts }) => hosts)
          : edges.map(({ target }) => target);
      expect(told.filter(text => text.endsWith(value)).length).toBeGreaterThan(
        0,
      );
    },
  );
});

describe('operations', () => {
  it('come most asked first, each Prometheus for itself', () => {
    const { metric } = http('wealth/order -> wealth/payment-v1', 9);
    const asked = (name: string, value: number) => ({
      metric: { ...metric, request_operation: name },
      value,
    });
    const series = {
      requests: [http('wealth/order -> wealth/payment-v1', 9)],
      operations: [asked('List', 2), asked('Pay', 5), asked('Undo', 1)],
    };
    const { edges } = buildGraph({
      // A copy in another Prometheus adds nothing.
      clusters: [
        { name: 'kepler', series, objects: {} },
        { name: 'copy', series, objects: {} },
      ],
      options: { graphType: 'workload', namespaces: [] },
    });
    expect(
      edges[0].operations?.map(
        ({ name, requestsPerSecond }) => `${name} ${requestsPerSecond}`,
      ),
    ).toEqual(['Pay 5', 'List 2', 'Undo 1']);
  });
});

describe('volume', () => {
  it('adds messages and bytes of bodies to the report that is shown', () => {
    const pair = 'wealth/order -> wealth/payment-v1';
    const figure = (name: string, value: number) => {
      const { metric } = http(pair, value);
      return { metric: { ...metric, figure: name }, value };
    };
    const { edges } = buildGraph({
      clusters: [
        {
          name: 'kepler',
          series: {
            requests: [http(pair, 5)],
            volume: [
              figure('sentMessages', 7),
              figure('receivedMessages', 9),
              figure('requestBytes', 1000),
              figure('responseBytes', 5000),
              figure('nonsense', 1),
            ],
          },
          objects: OBJECTS,
        },
      ],
      options: { graphType: 'app', namespaces: [] },
    });
    expect(edges[0].traffic).toMatchObject({
      sentMessagesPerSecond: 7,
      receivedMessagesPerSecond: 9,
      requestBytesPerSecond: 1000,
      responseBytesPerSecond: 5000,
    });
  });
});
