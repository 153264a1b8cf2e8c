import type { PodLogSource } from '../log-source';
import { sampleDeployment, serveTestCluster } from '../testing/cluster';

const lines = [
  '2026-11-01T11:59:50.000Z one',
  '2026-11-01T11:59:55.000Z two',
  '2026-11-01T12:00:00.000Z three',
];

function source(): PodLogSource & { write(line: string): void } {
  const followers = new Set<(line: string) => void>();
  return {
    read(_pod, container, { sinceMs = 0, tailLines }) {
      const own = lines
        .filter(line => Date.parse(line.slice(0, 24)) >= sinceMs)
        .map(line => `${line} ${container}`);
      return tailLines === undefined ? own : own.slice(-tailLines);
    },
    follow(_pod, _container, onLine) {
      followers.add(onLine);
      return () => followers.delete(onLine);
    },
    write: line => followers.forEach(follower => follower(line)),
  };
}

describe('pod logs', () => {
  const logs = source();
  let cluster: Awaited<ReturnType<typeof serveTestCluster>>;
  let path: string;

  beforeAll(async () => {
    cluster = await serveTestCluster({ logs });
    const deployment = sampleDeployment('app', { replicas: 1 });
    cluster.store.put('deployments.apps', deployment);
    cluster.controllers.settle();
    const [pod] = cluster.store.list('pods', 'default');
    path = `/api/v1/namespaces/default/pods/${pod.metadata.name}/log`;
  });

  afterAll(() => cluster.close());

  const read = async (query = '') => {
    const response = await fetch(`${cluster.url}${path}${query}`);
    return { code: response.status, text: await response.text() };
  };

  it('come without the runtime timestamps, or with them when asked', async () => {
    expect((await read()).text).toBe('one app\ntwo app\nthree app\n');
    expect((await read('?timestamps=true&tailLines=1')).text).toBe(
      '2026-11-01T12:00:00.000Z three app\n',
    );
  });

  it('start where the caller says', async () => {
    expect((await read('?sinceSeconds=6')).text).toBe('two app\nthree app\n');
    expect((await read('?sinceTime=2026-11-01T12:00:00Z')).text).toBe(
      'three app\n',
    );
  });

  it('end at a number of bytes', async () => {
    expect((await read('?limitBytes=5')).text).toBe('one a');
  });

  it('are refused with the parameter that is wrong', async () => {
    for (const [query, code, message] of [
      ['?container=other', 400, 'container other is not valid for pod'],
      ['?previous=true', 400, 'previous terminated container'],
      ['?tailLines=-1', 422, 'tailLines'],
      ['?tailLines=many', 400, 'tailLines'],
      ['?sinceTime=soon', 400, 'sinceTime'],
      ['?sinceSeconds=5&sinceTime=2026-11-01T12:00:00Z', 400, 'at most one of'],
    ] as const) {
      const answer = await read(query);
      expect(answer.code).toBe(code);
      expect(answer.text).toContain(message);
    }
  });

  it('go on while they are followed, and end with the pod', async () => {
    const response = await fetch(
      `${cluster.url}${path}?follow=true&tailLines=1`,
    );
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    const next = async () => decoder.decode((await reader?.read())?.value);
    expect(await next()).toBe('three app\n');
    logs.write('2026-11-01T12:00:01.000Z four');
    expect(await next()).toBe('four\n');
    const [pod] = cluster.store.list('pods', 'default');
    cluster.store.delete('pods', 'default', pod.metadata.name);
    expect((await reader?.read())?.done).toBe(true);
  });
});
