import assert from 'node:assert/strict';
import { createClient } from '../lib/http-client.mjs';

const { env } = process;

/** The server under test, as its administrator. */
export const admin = createClient({
  url: env.KUBERNETES_URL ?? 'http://127.0.0.1:7100/kubernetes',
  token: env.KUBERNETES_TOKEN,
  caFile: env.KUBERNETES_CA_FILE,
});

/** The same server as a user without any role. */
export const viewer = admin.as(env.KUBERNETES_VIEWER_TOKEN ?? 'viewer-token');

/** A name that no earlier run has used. */
export function uniqueName(prefix) {
  const random = Math.random().toString(36).slice(2, 8);
  return `${prefix}-${Date.now().toString(36)}${random}`;
}

export const strategic = 'application/strategic-merge-patch+json';
export const merge = 'application/merge-patch+json';
export const json = 'application/json-patch+json';
export const applied = 'application/apply-patch+yaml';

export function configMap(name, data = { color: 'red' }, labels) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...(labels ? { labels } : {}) },
    data,
  };
}

export function deployment(name, spec = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { app: name } },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name: 'app',
              image: 'example.org/app:1',
              env: [{ name: 'A', value: '1' }],
            },
          ],
        },
      },
      ...spec,
    },
  };
}

export function virtualService(name, weight = 90) {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name },
    spec: {
      hosts: [name],
      http: [
        {
          route: [
            { destination: { host: name, subset: 'v1' }, weight },
            { destination: { host: name, subset: 'v2' }, weight: 100 - weight },
          ],
        },
      ],
    },
  };
}

export const paths = namespace => ({
  configMaps: `/api/v1/namespaces/${namespace}/configmaps`,
  deployments: `/apis/apps/v1/namespaces/${namespace}/deployments`,
  virtualServices: `/apis/networking.istio.io/v1/namespaces/${namespace}/virtualservices`,
  oldVirtualServices: `/apis/networking.istio.io/v1beta1/namespaces/${namespace}/virtualservices`,
  destinationRules: `/apis/networking.istio.io/v1/namespaces/${namespace}/destinationrules`,
});

/** Makes a namespace for one file of tests. */
export async function makeNamespace() {
  const name = uniqueName('contract');
  const { code } = await admin.request('POST', '/api/v1/namespaces', {
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  });
  assert.equal(code, 201);
  return name;
}

/** Creates an object and answers it as stored. */
export async function created(path, body, client = admin) {
  const answer = await client.request('POST', path, { body });
  assert.equal(answer.code, 201, JSON.stringify(answer.body));
  return answer.body;
}

/** Checks that an answer is a failure `Status` of this code and reason. */
export function assertStatus(answer, code, reason, message) {
  const text = JSON.stringify(answer.body);
  assert.equal(answer.code, code, text);
  assert.equal(answer.body.kind, 'Status', text);
  assert.equal(answer.body.apiVersion, 'v1');
  assert.equal(answer.body.status, 'Failure');
  assert.equal(answer.body.code, code);
  assert.equal(answer.body.reason, reason, text);
  if (message instanceof RegExp) {
    assert.match(answer.body.message, message);
  } else if (message !== undefined) {
    assert.equal(answer.body.message, message);
  }
}

/** Collects the events of a watch and lets a test wait for them. */
export async function watchEvents(path, client = admin) {
  const events = [];
  const waiting = [];
  const stream = await client.stream(path, event => {
    events.push(event);
    waiting.splice(0).forEach(wake => wake());
  });
  return {
    events,
    ...stream,
    /** Waits for the first event that a test describes. */
    async until(description, matches, milliseconds = 10_000) {
      const deadline = Date.now() + milliseconds;
      for (;;) {
        const found = events.find(matches);
        if (found) {
          return found;
        }
        const left = deadline - Date.now();
        assert.ok(
          left > 0,
          `no event ${description} among ${JSON.stringify(
            events.map(({ type, object }) => [type, object.metadata?.name]),
          )}`,
        );
        await new Promise(resolve => {
          const timer = setTimeout(resolve, left);
          waiting.push(() => {
            clearTimeout(timer);
            resolve();
          });
        });
      }
    },
  };
}

/** Makes the server forget old versions: by compaction where there is an etcd, else by many changes. */
export async function forgetHistory(configMaps) {
  const name = uniqueName('noise');
  await created(configMaps, configMap(name));
  let body;
  for (let count = 0; count < 150; count++) {
    ({ body } = await admin.request('PATCH', `${configMaps}/${name}`, {
      body: { data: { count: String(count) } },
      type: merge,
    }));
  }
  const etcd = process.env.KUBERNETES_ETCD_URL;
  if (etcd) {
    const answer = await fetch(`${etcd}/v3/kv/compaction`, {
      method: 'POST',
      body: JSON.stringify({
        revision: body.metadata.resourceVersion,
        physical: true,
      }),
    });
    const report = await answer.text();
    // Another file of tests may have compacted further in the meantime.
    assert.ok(answer.ok || /has been compacted/.test(report), report);
  }
}
