import { http, OBJECTS, sample } from './__fixtures__/samples';
import {
  kialiMutualTls,
  kialiRate,
  mergeDroppingRepeats,
} from './__fixtures__/kiali';
import { buildGraph } from './buildGraph';
import type { GraphObjects, GraphSeries } from './types';

const ORDER = 'kepler/wealth/Deployment/order';
const PAYMENT = 'kepler/wealth/Deployment/payment-v2';

function graphOf(
  series: GraphSeries,
  graphType: 'workload' | 'app' | 'service' = 'workload',
  objects: GraphObjects = OBJECTS,
) {
  return buildGraph({
    clusters: [{ name: 'kepler', series, objects }],
    options: { graphType, namespaces: [] },
  });
}

function edgeOf(series: GraphSeries, id: string) {
  const edge = graphOf(series).edges.find(candidate => candidate.id === id);
  if (!edge) {
    throw new Error(`no edge ${id}`);
  }
  return edge;
}

/** Each of these is wrong in Kiali by reading its source; ours must differ from it. */
describe('figures that Kiali gets wrong', () => {
  it('counts traffic once when source and destination name different hosts', () => {
    const requests = [
      http('wealth/order -> wealth/payment-v2', 10),
      http('wealth/order -> wealth/payment-v2', 10, {
        reporter: 'destination',
        destination_service: 'payment-v2.wealth.svc.cluster.local',
      }),
    ];
    expect(kialiRate(requests)).toBe(20);
    expect(
      edgeOf({ requests }, `${ORDER}>${PAYMENT}`).traffic.requestsPerSecond,
    ).toBe(10);
  });

  it('weighs mutual TLS by the traffic of every source, not by the last one’s', () => {
    const reported = (from: string, rate: number, policy: string) =>
      http(`${from} -> wealth/payment-v2`, rate, {
        reporter: 'destination',
        connection_security_policy: policy,
      });
    const requests = [
      reported('wealth/order', 90, 'mutual_tls'),
      reported('wealth/report', 10, 'none'),
    ];
    const { nodes } = graphOf({ requests });
    const payment = nodes.find(({ id }) => id === PAYMENT);
    expect(kialiMutualTls(requests)).toBe(0);
    expect(payment?.inbound.mutualTlsShare).toBe(0.9);
  });

  it('does not add requests and bytes up to one share', () => {
    const policy = (value: string) => ({
      reporter: 'destination',
      connection_security_policy: value,
    });
    const requests = [
      http('wealth/order -> wealth/payment-v2', 10, policy('mutual_tls')),
    ];
    const tcpSent = [
      sample(
        'wealth/order -> wealth/payment-v2',
        1_000_000,
        policy('mutual_tls'),
      ),
    ];
    const plain = [
      sample('wealth/order -> wealth/payment-v2', 10, policy('none')),
    ];
    // A hundred thousandth of the bytes is plain: nearly all is mutual TLS.
    const mixed = { requests, tcpSent: [...tcpSent, ...plain] };
    expect(
      edgeOf(mixed, `${ORDER}>${PAYMENT}`).traffic.mutualTlsShare,
    ).toBeCloseTo(0.99999, 5);
    // All requests are plain: a share of bytes must not hide it.
    const hidden = {
      requests: [http('wealth/order -> wealth/payment-v2', 10, policy('none'))],
      tcpSent,
    };
    expect(edgeOf(hidden, `${ORDER}>${PAYMENT}`).traffic.mutualTlsShare).toBe(
      0,
    );
  });

  it('names the direction of TCP bytes from the caller’s side', () => {
    const { traffic } = edgeOf(
      {
        tcpSent: [sample('wealth/order -> wealth/payment-v2', 5000)],
        tcpReceived: [sample('wealth/order -> wealth/payment-v2', 70)],
      },
      `${ORDER}>${PAYMENT}`,
    );
    // Istio’s “sent” is what the callee sent: a query is small, its rows are not.
    expect(traffic.sentBytesPerSecond).toBe(70);
    expect(traffic.receivedBytesPerSecond).toBe(5000);
  });

  it('merges edges that come twice instead of keeping the first', () => {
    // Two versions become one service: Kiali keeps one of the two edges.
    const requests = [
      http('wealth/order -> wealth/payment-v1', 30),
      http('wealth/order -> wealth/payment-v2', 12),
    ];
    expect(mergeDroppingRepeats(requests)).toBe(30);
    const [edge] = graphOf({ requests }, 'service').edges;
    expect(edge.traffic.requestsPerSecond).toBe(42);
  });

  it('takes a flow from one Prometheus when two clusters hold copies', () => {
    const copy = http('wealth/order -> wealth/payment-v2', 10);
    const { edges } = buildGraph({
      clusters: ['kepler', 'other'].map(name => ({
        name,
        series: { requests: [copy] },
        objects: {},
      })),
      options: { graphType: 'workload', namespaces: [] },
    });
    expect(edges.map(({ traffic }) => traffic.requestsPerSecond)).toEqual([10]);
  });
});
