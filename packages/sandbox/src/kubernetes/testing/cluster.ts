import { createServer } from 'node:http';
import { ManualClock } from '../../clock';
import { createRandom } from '../../random';
import { createKubernetes, type KubernetesOptions } from '../create-kubernetes';
import type { KubernetesObject } from '../store';

/** Where the clock of a test cluster starts. */
export const startOfTime = Date.parse('2026-11-01T12:00:00Z');

/** A node that is ready for pods. */
export function readyNode(name: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: {
      conditions: [{ type: 'Ready', status: 'True' }],
      addresses: [{ type: 'InternalIP', address: '192.0.2.1' }],
    },
  };
}

/** A Deployment of one container. */
export function sampleDeployment(
  name: string,
  spec: Record<string, unknown> = {},
  image = 'example.org/app:1',
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default', labels: { app: name } },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [{ name: 'app', image, ports: [{ containerPort: 80 }] }],
        },
      },
      ...spec,
    },
  };
}

/** A cluster on a clock that the test drives, with three nodes. */
export function createTestCluster(options: Partial<KubernetesOptions> = {}) {
  const clock = new ManualClock(startOfTime);
  const kubernetes = createKubernetes({
    clock,
    random: createRandom(7),
    ...options,
  });
  for (const name of ['node-1', 'node-2', 'node-3']) {
    kubernetes.store.put('nodes', readyNode(name));
  }
  return {
    ...kubernetes,
    clock,
    /** Lets time pass, half a second per tick. */
    run(seconds: number) {
      for (let step = 0; step < seconds * 2; step++) {
        clock.advance(500);
        kubernetes.controllers.tick();
      }
    },
  };
}

/** A test cluster behind a real HTTP server on a free port of loopback. */
export async function serveTestCluster(
  options: Partial<KubernetesOptions> = {},
) {
  const cluster = createTestCluster(options);
  const { facade } = cluster;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(
      request.url ?? '/',
      'http://localhost',
    );
    const path = pathname.slice(facade.prefix.length) || '/';
    void facade.handle(request, response, path, searchParams);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const url = `http://127.0.0.1:${port}${facade.prefix}`;
  return {
    ...cluster,
    url,
    /** Sends a request with a JSON body and answers code and JSON. */
    async send(
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ): Promise<{ code: number; headers: Headers; body: KubernetesObject }> {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const content = await response.text();
      return {
        code: response.status,
        headers: response.headers,
        body: content.startsWith('{') ? JSON.parse(content) : content,
      };
    },
    async close() {
      await facade.close?.();
      await new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}
