import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The metrics that the usual queries of a graph are told apart by. */
const METRICS = {
  requests: 'istio_requests_total',
  tcpSent: 'istio_tcp_sent_bytes_total',
  tcpReceived: 'istio_tcp_received_bytes_total',
  tcpConnections: 'istio_tcp_connections_opened_total',
  durations: 'istio_request_duration_milliseconds_bucket',
  volume: 'istio_request_messages_total',
} as const;

export type QueryName = keyof typeof METRICS | 'other';
type Sample = [labels: Record<string, string>, value: number];

function nameOf(query: string): QueryName {
  const found = (Object.keys(METRICS) as (keyof typeof METRICS)[]).find(name =>
    query.includes(METRICS[name]),
  );
  return found ?? 'other';
}

/** A Prometheus on loopback that answers with the vectors it is given. */
export async function startFakePrometheus() {
  const asked: { path: string; name: QueryName; body: URLSearchParams }[] = [];
  const vectors: Partial<Record<QueryName, Sample[]>> = {};
  let spoil: (
    name: QueryName,
    response: ServerResponse,
  ) => 'spoilt' | undefined = () => undefined;

  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) {
      text += chunk;
    }
    const body = new URLSearchParams(text);
    const name = nameOf(body.get('query') ?? '');
    asked.push({ path: request.url ?? '', name, body });
    if (spoil(name, response) === 'spoilt') {
      return;
    }
    const range = request.url?.endsWith('query_range');
    const data = range
      ? {
          resultType: 'matrix',
          result: [{ metric: {}, values: [[Number(body.get('end')), '2.5']] }],
        }
      : {
          resultType: 'vector',
          result: (vectors[name] ?? []).map(([metric, value]) => ({
            metric,
            value: [Number(body.get('time')), String(value)],
          })),
        };
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ status: 'success', data }));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    vectors,
    /** Answers otherwise; `spoilt` says that the answer is already dealt with. */
    spoil: (how: typeof spoil) => {
      spoil = how;
    },
    heal: () => {
      spoil = () => undefined;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

/** Labels of traffic between two workloads, `order -> payment-v2`. */
export function pair(
  path: string,
  labels: Record<string, string> = {},
  namespace = 'wealth',
): Record<string, string> {
  const [source, target] = path.split(' -> ');
  const app = (workload: string) => workload.replace(/-v\d$/, '');
  return {
    reporter: 'source',
    source_workload: source,
    source_workload_namespace: namespace,
    source_canonical_service: app(source),
    source_canonical_revision: 'latest',
    destination_workload: target,
    destination_workload_namespace: namespace,
    destination_canonical_service: app(target),
    destination_canonical_revision: /v\d$/.exec(target)?.[0] ?? 'latest',
    destination_service: `${app(target)}.${namespace}.svc.cluster.local`,
    destination_service_name: app(target),
    destination_service_namespace: namespace,
    request_protocol: 'http',
    response_code: '200',
    response_flags: '-',
    ...labels,
  };
}
