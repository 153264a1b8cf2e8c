import type { GraphNode } from '../schema';
import { graphQueries, historyQueries } from '.';

describe('graphQueries', () => {
  const queries = Object.values(graphQueries(60));

  it('needs at most seven queries for all namespaces', () => {
    expect(queries.length).toBeLessThanOrEqual(7);
    for (const query of queries) {
      expect(query).not.toMatch(/namespace=/);
      expect(query).toContain('[60s]');
    }
  });
});

describe('extra queries', () => {
  const { principals = '', operations = '' } = graphQueries(60, [
    'principals',
    'operations',
  ]);

  it('are asked only when wanted', () => {
    expect(Object.keys(graphQueries(60))).not.toContain('operations');
    expect(principals).not.toBe('');
  });

  it('ask for what is labelled, preferring what sources report', () => {
    expect(operations.match(/request_operation!~"unknown\|"/g)).toHaveLength(2);
    expect(operations).toContain(
      '(rate(istio_requests_total{reporter=~"source",request_operation!~"unknown|"}[60s]))',
    );
    expect(operations).toMatch(
      /^\(sum by \(request_operation, .* or on \(.*> 0$/,
    );
  });

  it('ask for identities at the receiving end, of requests and of TCP', () => {
    expect(principals).toContain(
      'istio_requests_total{reporter=~"destination|waypoint"}',
    );
    expect(principals).toContain(
      'istio_tcp_sent_bytes_total{source_principal!~"unknown|"}',
    );
    expect(principals).toContain('source_principal, destination_principal)');
  });
});

describe('historyQueries', () => {
  const traffic = { protocols: [], responses: [] };
  const node = (overrides: Partial<GraphNode>): GraphNode => ({
    id: 'kepler/wealth/Deployment/order',
    kind: 'workload',
    cluster: 'kepler',
    namespace: 'wealth',
    name: 'order',
    versions: [],
    dataPlane: 'sidecar',
    services: [],
    config: [],
    inbound: traffic,
    outbound: traffic,
    health: { state: 'healthy', reasons: [] },
    ...overrides,
  });

  it('selects one edge by the reporter of its figures', () => {
    expect(
      historyQueries({
        source: node({ kind: 'app' }),
        target: node({ name: 'payment-v2' }),
        reporter: 'source',
        windowSeconds: 60,
      }).requests,
    ).toBe(
      'sum(rate(istio_requests_total{reporter="source",' +
        'destination_workload_namespace="wealth",destination_workload="payment-v2",' +
        'source_workload_namespace="wealth",source_canonical_service="order"}[60s]))',
    );
  });

  it('cannot be broken out of by a name', () => {
    const { requests } = historyQueries({
      target: node({ name: 'a"} or up{x="' }),
      reporter: 'destination',
      windowSeconds: 60,
    });
    expect(requests).toContain('destination_workload="a\\"} or up{x=\\""');
  });

  it('matches every host of a wildcard', () => {
    expect(
      historyQueries({
        target: node({ kind: 'external', name: '*.bank.example' }),
        reporter: 'source',
        windowSeconds: 60,
      }).requests,
    ).toContain('destination_service=~".+\\\\.bank\\\\.example"');
  });

  it('matches every host of a ServiceEntry, and one as it is', () => {
    const requestsOf = (hosts: string[]) =>
      historyQueries({
        target: node({ kind: 'external', name: 'banks', hosts }),
        reporter: 'source',
        windowSeconds: 60,
      }).requests;
    expect(requestsOf(['a.bank', '*.b.bank'])).toContain(
      'destination_service=~"a\\\\.bank|.+\\\\.b\\\\.bank"',
    );
    expect(requestsOf(['a.bank'])).toContain('destination_service="a.bank"');
  });

  it('selects one operation', () => {
    expect(
      historyQueries({
        target: node({ kind: 'operation', name: 'Pay', app: 'payment' }),
        reporter: 'source',
        windowSeconds: 60,
      }).requests,
    ).toContain(
      'destination_canonical_service="payment",request_operation="Pay"',
    );
  });
});
