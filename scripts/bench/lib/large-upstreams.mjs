/**
 * Upstreams of a mesh far larger than the sandbox simulates: a Prometheus and
 * an API server that answer what the graph asks, and nothing else. Figures
 * are constant: what is measured is the cost of their number.
 */
import { createServer } from 'node:http';

const APPS_PER_NAMESPACE = 4;
const VERSIONS = 2;
const CALLS_PER_WORKLOAD = 2;
const BOUNDS = [
  '0.5',
  '1',
  '5',
  '10',
  '25',
  '50',
  '100',
  '250',
  '500',
  '1000',
  '2500',
  '5000',
  '10000',
  '30000',
  '60000',
  '300000',
  '600000',
  '1800000',
  '3600000',
  '+Inf',
];
/** Buckets that Prometheus gives for a latency around 50 ms: those with a rate. */
const FIRST_BUCKET = 3;
const PAGE = 500;

const namespaceOf = index => `team-${String(index).padStart(3, '0')}`;

/** Workload number `index` of the whole mesh. */
function workloadOf(index) {
  const perNamespace = APPS_PER_NAMESPACE * VERSIONS;
  const app = `app-${Math.floor(index / VERSIONS) % APPS_PER_NAMESPACE}`;
  const version = `v${(index % VERSIONS) + 1}`;
  return {
    namespace: namespaceOf(Math.floor(index / perNamespace)),
    app,
    version,
    name: `${app}-${version}`,
  };
}

function* callsOf(count) {
  for (let source = 0; source < count; source++) {
    for (let call = 0; call < CALLS_PER_WORKLOAD; call++) {
      // One call stays near, the other goes far, always the same way.
      const target = call === 0 ? source + 2 : source * 7 + 13;
      yield [workloadOf(source), workloadOf(target % count)];
    }
  }
}

function pairLabels([source, target], named) {
  return {
    source_cluster: 'large',
    source_workload_namespace: source.namespace,
    source_workload: source.name,
    destination_cluster: 'large',
    destination_service_namespace: target.namespace,
    destination_service: `${target.app}.${target.namespace}.svc.cluster.local`,
    destination_service_name: target.app,
    destination_workload_namespace: target.namespace,
    destination_workload: target.name,
    ...(named && {
      source_canonical_service: source.app,
      source_canonical_revision: source.version,
      destination_canonical_service: target.app,
      destination_canonical_revision: target.version,
    }),
  };
}

function* rowsOf(query, count) {
  const each = function* each(labels, value) {
    for (const call of callsOf(count)) {
      yield [{ ...pairLabels(call, true), ...labels }, value];
    }
  };
  if (query.includes('figure')) {
    for (const call of callsOf(count)) {
      for (const figure of ['requestBytes', 'responseBytes']) {
        yield [{ ...pairLabels(call, false), figure }, '1234.5'];
      }
    }
  } else if (query.includes('milliseconds_bucket')) {
    for (const call of callsOf(count)) {
      for (const le of BOUNDS.slice(FIRST_BUCKET)) {
        yield [{ ...pairLabels(call, false), le }, '1.2345678901'];
      }
    }
  } else if (query.includes('istio_requests_total')) {
    for (const reporter of ['source', 'destination']) {
      yield* each(
        {
          reporter,
          request_protocol: 'http',
          response_code: '200',
          response_flags: '-',
          connection_security_policy:
            reporter === 'destination' ? 'mutual_tls' : 'unknown',
        },
        '1.2345678901',
      );
    }
  }
}

/** Writes an answer row by row, as Prometheus does. */
async function answerQuery(response, query, count) {
  response.setHeader('Content-Type', 'application/json');
  response.write(
    '{"status":"success","data":{"resultType":"vector","result":[',
  );
  let chunk = '';
  let isFirst = true;
  for (const [metric, value] of rowsOf(query, count)) {
    chunk += `${isFirst ? '' : ','}${JSON.stringify({
      metric,
      value: [Date.now() / 1000, value],
    })}`;
    isFirst = false;
    if (chunk.length > 1e6) {
      if (!response.write(chunk)) {
        await new Promise(resolve => response.once('drain', resolve));
      }
      chunk = '';
    }
  }
  response.end(`${chunk}]}}`);
}

function objectOf(plural, index) {
  const workload = workloadOf(index);
  const labels = { app: workload.app, version: workload.version };
  const metadata = {
    namespace: workload.namespace,
    resourceVersion: '1',
    uid: `${plural}-${index}`,
    // Servers keep as much again about who wrote which field.
    managedFields: [{ manager: 'helm', fieldsV1: { note: 'x'.repeat(900) } }],
  };
  if (plural === 'deployments') {
    return {
      metadata: { ...metadata, name: workload.name, labels },
      spec: { replicas: 2, template: { metadata: { labels } } },
      status: { availableReplicas: 2 },
    };
  }
  const hash = '6d5f7c9b8';
  return {
    metadata: {
      ...metadata,
      name: `${workload.name}-${hash}-${index % 2 ? 'abcde' : 'fghij'}`,
      labels: { ...labels, 'pod-template-hash': hash },
      ownerReferences: [
        { kind: 'ReplicaSet', name: `${workload.name}-${hash}` },
      ],
    },
    spec: {
      containers: [
        {
          name: 'app',
          image: 'app:1',
          env: [{ name: 'A', value: 'x'.repeat(500) }],
        },
        { name: 'istio-proxy', image: 'istio/proxyv2:1.28.3' },
      ],
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

function listOf(plural, namespaces, workloads) {
  switch (plural) {
    case 'namespaces':
      return Array.from({ length: namespaces }, (_, index) => ({
        metadata: {
          name: namespaceOf(index),
          labels: { 'istio-injection': 'enabled' },
        },
      }));
    case 'services':
      return Array.from({ length: workloads / VERSIONS }, (_, index) => {
        const { namespace, app } = workloadOf(index * VERSIONS);
        return {
          metadata: { namespace, name: app, resourceVersion: '1' },
          spec: { selector: { app }, ports: [{ name: 'http', port: 80 }] },
        };
      });
    case 'deployments':
    case 'pods':
      return Array.from({ length: workloads }, (_, index) =>
        objectOf(plural, index),
      );
    default:
      return [];
  }
}

/** Starts both on loopback; `namespaces` of eight workloads each. */
export async function startLargeUpstreams(namespaces) {
  const workloads = namespaces * APPS_PER_NAMESPACE * VERSIONS;
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    if (url.pathname.startsWith('/prometheus')) {
      const query = new URLSearchParams(body).get('query') ?? '';
      await answerQuery(response, query, workloads);
      return;
    }
    response.setHeader('Content-Type', 'application/json');
    if (url.searchParams.get('watch') === 'true') {
      response.flushHeaders();
      const seconds = Number(url.searchParams.get('timeoutSeconds') ?? 60);
      setTimeout(() => response.end(), seconds * 1000).unref();
      return;
    }
    const plural = url.pathname.split('/').at(-1);
    const all = listOf(plural, namespaces, workloads);
    const from = Number(url.searchParams.get('continue') ?? 0);
    const next = from + PAGE < all.length ? String(from + PAGE) : '';
    response.end(
      JSON.stringify({
        metadata: { resourceVersion: '1', continue: next },
        items: all.slice(from, from + PAGE),
      }),
    );
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${server.address().port}`;
  return {
    workloads,
    prometheus: `${base}/prometheus`,
    kubernetes: `${base}/kubernetes`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
