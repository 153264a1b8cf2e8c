import type { GraphNode, Traffic } from '../../schema/graph';
import { edge, graphOf, node } from '../__testUtils__/graph';
import { evaluateFind } from '../evaluateFind';
import { parseFind } from '../parseFind';

/** Every figure is another, so that none can stand for its neighbour. */
const traffic: Traffic = {
  protocols: ['http', 'grpc', 'tcp'],
  requestsPerSecond: 10,
  errorShare: 0.11,
  clientErrorShare: 0.12,
  responses: [
    {
      protocol: 'http',
      code: '500',
      flags: 'UF,-',
      error: true,
      requestsPerSecond: 1,
    },
    {
      protocol: 'http',
      code: '200',
      flags: '-',
      error: false,
      requestsPerSecond: 3,
    },
    {
      protocol: 'grpc',
      code: '13',
      flags: '',
      error: true,
      requestsPerSecond: 3,
    },
    {
      protocol: 'grpc',
      code: '0',
      flags: '-',
      error: false,
      requestsPerSecond: 3,
    },
  ],
  sentBytesPerSecond: 101,
  receivedBytesPerSecond: 102,
  connectionsPerSecond: 103,
  requestBytesPerSecond: 104,
  responseBytesPerSecond: 105,
  p50Milliseconds: 21,
  p95Milliseconds: 22,
  p99Milliseconds: 23,
  mutualTlsShare: 0.5,
};

const callerTraffic: Traffic = {
  ...traffic,
  sentBytesPerSecond: 201,
  responses: traffic.responses.map(response => ({
    ...response,
    requestsPerSecond: response.requestsPerSecond * 2,
  })),
};

const caller = node('a/caller', {
  outbound: callerTraffic,
  pods: { desired: 2, available: 5 },
  proxies: {
    count: 2,
    versions: ['1.27', '1.28'],
    revisions: [],
    connected: 2,
    synced: 2,
  },
});
const callee = node('b/callee', {
  cluster: 'other',
  inbound: traffic,
  hosts: ['callee.example'],
  revision: 'canary',
  dataPlane: 'ambient',
  proxies: {
    count: 2,
    versions: ['1.28'],
    revisions: [],
    connected: 2,
    synced: 1,
  },
});
const EDGE = 'a/caller>b/callee';

function finds(
  expression: string,
  part: 'nodes' | 'edges',
  nodes: GraphNode[] = [caller, callee],
  flow: Partial<Traffic> = traffic,
): string[] {
  const graph = graphOf(nodes, [edge(EDGE, flow, { disagreement: 0.07 })]);
  return [...evaluateFind(parseFind(expression), graph)[part]];
}

describe('numbers', () => {
  it.each([
    ['http = 4'],
    ['grpc = 6'],
    ['tcp = 101'],
    ['%httperror = 25'],
    ['%grpcerror = 50'],
    ['%httptraffic = 50'],
    ['%grpctraffic = 50'],
    ['responsetime = 22'],
    ['throughput = 104'],
    ['responsethroughput = 105'],
    ['connections = 103'],
    ['%mtls = 50'],
    ['%disagreement > 6.9 and %disagreement < 7.1'],
    ['rps = 10'],
    ['%error = 11'],
    ['%clienterror = 12'],
    ['p50 = 21'],
    ['p95 = 22'],
    ['p99 = 23'],
  ])('%s is read of the edge', expression => {
    expect(finds(expression, 'edges')).toEqual([EDGE]);
  });

  it.each([
    ['httpin = 4', callee],
    ['grpcin = 6', callee],
    ['tcpin = 101', callee],
    ['httpout = 8', caller],
    ['grpcout = 12', caller],
    ['tcpout = 201', caller],
    ['%error = 11', callee],
    ['%clienterror = 12', callee],
    ['rps = 10', callee],
    ['p50 = 21', callee],
    ['p95 = 22', callee],
    ['p99 = 23', callee],
    ['pods = 5', caller],
    ['missingpods = 0', caller],
  ])('%s is read of the node', (expression, { id }) => {
    expect(finds(expression, 'nodes')).toEqual([id]);
  });

  it('have no share of nothing', () => {
    const quiet = {
      protocols: ['http' as const],
      requestsPerSecond: 0,
      responses: [],
    };
    const silent = node('a/caller', { outbound: quiet });
    const of = (expression: string) =>
      finds(expression, 'edges', [silent, callee], quiet);
    for (const operand of ['%httperror', '%httptraffic']) {
      expect(of(`has(${operand})`)).toEqual([]);
    }
    expect(of('has(http)')).toEqual([EDGE]);
    expect(of('traffic')).toEqual([]);
    expect(of('!traffic')).toEqual([EDGE]);
  });

  it('take every unit for what it is', () => {
    const tests: [string, Partial<Traffic>][] = [
      ['rt = 20us', { p95Milliseconds: 0.02 }],
      ['rt = 2s', { p95Milliseconds: 2000 }],
      ['rt = 2m', { p95Milliseconds: 120_000 }],
      ['rt = 2min', { p95Milliseconds: 120_000 }],
      ['tcp = 2B', { sentBytesPerSecond: 2 }],
      ['tcp = 2kB/s', { sentBytesPerSecond: 2e3 }],
      ['tcp = 2KiB', { sentBytesPerSecond: 2048 }],
      ['tcp = 2MB', { sentBytesPerSecond: 2e6 }],
      ['tcp = 2MiB', { sentBytesPerSecond: 2 ** 21 }],
      ['tcp = 2GB', { sentBytesPerSecond: 2e9 }],
      ['tcp = 2GiB', { sentBytesPerSecond: 2 ** 31 }],
      ['tcp = 2TB', { sentBytesPerSecond: 2e12 }],
      ['tcp = 2TiB', { sentBytesPerSecond: 2 ** 41 }],
      ['rps = 2k/s', { requestsPerSecond: 2000 }],
      ['rps = 2krps', { requestsPerSecond: 2000 }],
      ['rps = 2M', { requestsPerSecond: 2e6 }],
      ['%error = 2%', { errorShare: 0.02 }],
    ];
    for (const [expression, flow] of tests) {
      expect([expression, finds(expression, 'edges', undefined, flow)]).toEqual(
        [expression, [EDGE]],
      );
    }
  });
});

describe('texts', () => {
  it.each([
    ['host = callee.example', [callee.id]],
    ['revision = canary', [callee.id]],
    ['proxyversion = 1.27', [caller.id]],
    ['cluster = other', [callee.id]],
    ['dataplane = ambient', [callee.id]],
    ['flag = UF', [callee.id]],
    ['flag = -', []],
    ['code = 13', [callee.id]],
  ])('%s is read of the node', (expression, expected) => {
    expect(finds(`nodes and ${expression}`, 'nodes')).toEqual(expected);
  });
});

describe('flags', () => {
  it.each([
    ['skew', [caller.id]],
    ['!skew', [callee.id]],
    ['outofsync', [callee.id]],
    ['!outofsync', [caller.id]],
    ['ambient', [callee.id]],
    ['sidecar', [caller.id, callee.id]],
  ])('%s', (expression, expected) => {
    expect(finds(expression, 'nodes')).toEqual(expected);
  });

  it.each([
    ['crosscluster', [EDGE]],
    ['crossnamespace', [EDGE]],
    ['!crosscluster', []],
    ['mtls', [EDGE]],
  ])('%s', (expression, expected) => {
    expect(finds(expression, 'edges')).toEqual(expected);
  });

  it('are not known of what no cluster runs, or nobody could be asked about', () => {
    const nodes = [
      node('/host', { kind: 'external', dataPlane: 'none' }),
      node('a/lost', { dataPlane: 'unknown', labels: undefined }),
      node('/who', { kind: 'unknown', dataPlane: 'unknown' }),
    ];
    for (const expression of [
      ...['sidecar', '!sidecar', '!label:x', '!skew', '!outofsync'],
    ]) {
      expect([expression, finds(expression, 'nodes', nodes)]).toEqual([
        expression,
        [],
      ]);
    }
  });
});
