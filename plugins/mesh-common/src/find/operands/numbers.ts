import type { GraphEdge, GraphNode } from '../../schema/graph';
import type { FindUnit } from '../quantities';
import { errorPercentOf, percentOf, rateOf, sharePercentOf } from './traffic';
import type { NumberOperand, Readers } from './types';

function numberOperand(
  name: string,
  aliases: string[],
  unit: FindUnit,
  example: string,
  read: Readers<number | undefined>,
): NumberOperand {
  return { kind: 'number', name, aliases, unit, example, read };
}

/** The same figure of what goes into a node and of what goes over an edge. */
function ofTraffic(
  read: (traffic: GraphNode['inbound']) => number | undefined,
): Readers<number | undefined> {
  return {
    node: node => read(node.inbound),
    edge: edge => read(edge.traffic),
  };
}

function ofEdge(
  read: (traffic: GraphEdge['traffic']) => number | undefined,
): Readers<number | undefined> {
  return { edge: edge => read(edge.traffic) };
}

/**
 * Number operands. Where Kiali has the operand, its meaning is Kiali's with
 * Kiali's defaults: response time is the 95th percentile, throughput that of
 * requests, TCP the bytes sent. `rank` is 1 for the nodes with the most edges
 * (in and out), 2 for the next, and so on; Kiali spreads ranks over 1..100.
 * Of nodes, `rps`, `%error` and percentiles are of what comes in.
 */
export const NUMBER_OPERANDS: readonly NumberOperand[] = [
  numberOperand('httpin', [], 'requestsPerSecond', 'httpin > 0.5', {
    node: node => rateOf(node.inbound, 'http'),
  }),
  numberOperand('httpout', [], 'requestsPerSecond', 'httpout = NaN', {
    node: node => rateOf(node.outbound, 'http'),
  }),
  numberOperand('grpcin', [], 'requestsPerSecond', 'grpcin > 10', {
    node: node => rateOf(node.inbound, 'grpc'),
  }),
  numberOperand('grpcout', [], 'requestsPerSecond', 'grpcout > 10', {
    node: node => rateOf(node.outbound, 'grpc'),
  }),
  numberOperand('tcpin', [], 'bytesPerSecond', 'tcpin > 2MB', {
    node: node => node.inbound.sentBytesPerSecond,
  }),
  numberOperand('tcpout', [], 'bytesPerSecond', 'tcpout >= 1000', {
    node: node => node.outbound.sentBytesPerSecond,
  }),
  numberOperand('rank', [], 'count', 'rank <= 2', {
    node: (_, place, index) => index.ranks[place] || undefined,
  }),
  numberOperand('pods', [], 'count', 'pods < 2', {
    node: node => node.pods?.available,
  }),
  numberOperand('missingpods', [], 'count', 'missingpods > 0', {
    node: ({ pods }) => pods && Math.max(0, pods.desired - pods.available),
  }),
  numberOperand('http', [], 'requestsPerSecond', 'http > 0.5', {
    edge: edge => rateOf(edge.traffic, 'http'),
  }),
  numberOperand('grpc', [], 'requestsPerSecond', 'grpc > 1.5k', {
    edge: edge => rateOf(edge.traffic, 'grpc'),
  }),
  numberOperand(
    'tcp',
    [],
    'bytesPerSecond',
    'tcp > 10kB',
    ofEdge(traffic => traffic.sentBytesPerSecond),
  ),
  numberOperand('%httperror', ['%httperr'], 'percent', '%httperror > 1', {
    edge: edge => errorPercentOf(edge.traffic, 'http'),
  }),
  numberOperand('%grpcerror', ['%grpcerr'], 'percent', '%grpcerror > 1', {
    edge: edge => errorPercentOf(edge.traffic, 'grpc'),
  }),
  numberOperand('%httptraffic', [], 'percent', '%httptraffic >= 50', {
    edge: (_, place, index) => sharePercentOf(index, place, 'http'),
  }),
  numberOperand('%grpctraffic', [], 'percent', '%grpctraffic >= 50', {
    edge: (_, place, index) => sharePercentOf(index, place, 'grpc'),
  }),
  numberOperand(
    'responsetime',
    ['rt'],
    'milliseconds',
    'rt > 200ms',
    ofEdge(traffic => traffic.p95Milliseconds),
  ),
  numberOperand(
    'throughput',
    [],
    'bytesPerSecond',
    'throughput > 1MB/s',
    ofEdge(traffic => traffic.requestBytesPerSecond),
  ),
  numberOperand(
    'responsethroughput',
    [],
    'bytesPerSecond',
    'responsethroughput > 1MB/s',
    ofEdge(traffic => traffic.responseBytesPerSecond),
  ),
  numberOperand(
    'connections',
    [],
    'count',
    'connections > 5',
    ofEdge(traffic => traffic.connectionsPerSecond),
  ),
  numberOperand(
    '%mtls',
    [],
    'percent',
    '%mtls < 100',
    ofEdge(traffic => percentOf(traffic.mutualTlsShare)),
  ),
  numberOperand('%disagreement', [], 'percent', '%disagreement > 5', {
    edge: edge => percentOf(edge.disagreement),
  }),
  numberOperand(
    'rps',
    ['rate'],
    'requestsPerSecond',
    'rps > 100',
    ofTraffic(traffic => traffic.requestsPerSecond),
  ),
  numberOperand(
    '%error',
    ['%err'],
    'percent',
    '%error > 5',
    ofTraffic(traffic => percentOf(traffic.errorShare)),
  ),
  numberOperand(
    '%clienterror',
    ['%4xx'],
    'percent',
    '%clienterror > 20',
    ofTraffic(traffic => percentOf(traffic.clientErrorShare)),
  ),
  numberOperand(
    'p50',
    [],
    'milliseconds',
    'p50 > 50ms',
    ofTraffic(traffic => traffic.p50Milliseconds),
  ),
  numberOperand(
    'p95',
    [],
    'milliseconds',
    'p95 > 1s',
    ofTraffic(traffic => traffic.p95Milliseconds),
  ),
  numberOperand(
    'p99',
    [],
    'milliseconds',
    'p99 > 2s',
    ofTraffic(traffic => traffic.p99Milliseconds),
  ),
];
