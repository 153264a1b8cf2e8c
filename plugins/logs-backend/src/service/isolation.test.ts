import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import request from 'supertest';
import type { Clause } from '../__testUtils__/matches';
import { matches } from '../__testUtils__/matches';
import {
  onlyNamespaces,
  onlyOwned,
  pod,
  startLogs,
} from '../__testUtils__/startLogs';

const at = new Date(Date.now() - 60_000).toISOString();
const SECRET = 'the foreign secret';

/** Queries that try to reach beyond what is permitted. */
const ATTACKS: readonly [language: string, query: string][] = [
  ['kql', '*'],
  ['kql', 'kubernetes.namespace: secret'],
  ['kql', 'a or kubernetes.namespace: *'],
  ['kql', 'not kubernetes.namespace: wealth'],
  ['kql', 'kubernetes.namespace: (wealth or secret)'],
  ['kql', 'kubernetes.*: secret'],
  ['kql', '_index: *'],
  ['kql', '_id: s1'],
  ['kql', '"} }, {"match_all": {} '],
  ['lucene', ') OR (kubernetes.namespace:secret'],
  ['lucene', 'x) OR kubernetes.namespace:(secret OR wealth'],
  ['lucene', '_index:filebeat-secret'],
  ['lucene', 'NOT kubernetes.namespace:wealth'],
  ['lucene', '_exists_:message OR *:*'],
  ['lucene', '[* TO *]'],
  ['lucene', '{!func} "query":{"match_all":{}}'],
];

/** Parameters that name what no client may name. */
const PARAMETERS = [
  'index=filebeat-secret',
  'indices=*',
  'runtime_mappings=%7B%22x%22%3A%7B%22type%22%3A%22keyword%22%7D%7D',
  'script=emit(1)',
  'sort=_id',
  'filter=%7B%22match_all%22%3A%7B%7D%7D',
  'pit=pit-1',
  'source=%7B%7D',
  'body=%7B%22query%22%3A%7B%22match_all%22%3A%7B%7D%7D%7D',
];

describe.each([
  ['namespaces are permitted', () => onlyNamespaces('wealth'), 'secret'],
  ['apps are owned', () => onlyOwned('group:default/pay'), 'wealth'],
])('isolation, where %s', (_, decide, foreignNamespace) => {
  let world: Awaited<ReturnType<typeof startLogs>>;

  beforeAll(async () => {
    world = await startLogs({
      decide,
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: 'order' },
          spec: { system: 'wealth' },
          relations: [{ type: 'ownedBy', targetRef: 'group:default/pay' }],
        },
      ],
    });
    world.cluster.pods = [
      pod('wealth', 'order'),
      pod(foreignNamespace, 'vault'),
    ];
    world.store.add({ id: 'o1', at, namespace: 'wealth', app: 'order' });
    world.store.add({
      id: 's1',
      at,
      namespace: foreignNamespace,
      app: 'vault',
      message: SECRET,
      level: 'fatal',
      fields: { trace: { id: 'a'.repeat(32) } },
    });
  });
  afterAll(() => world.stop());

  /** The store was never asked for what includes a foreign line. */
  function expectKept(text: string) {
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('vault');
    const foreign = world.store.lines.filter(({ id }) => id === 's1');
    for (const { path, body } of world.store.asked) {
      expect(path).toMatch(
        /^\/(filebeat-\*|filebeat-%2A)\/_search|^\/_search$/,
      );
      const { filter } = (body.query as { bool: { filter: Clause[] } }).bool;
      // One condition alone, that no word of a person is part of, keeps it out.
      expect(
        filter.some(
          clause =>
            'bool' in clause && foreign.every(line => !matches(clause, line)),
        ),
      ).toBe(true);
      expect(JSON.stringify(body)).not.toMatch(
        /script|runtime_mappings|"global"|min_doc_count":0,"size/,
      );
    }
    world.store.asked.length = 0;
  }

  const get = (path: string) => request(world.server).get(`/api/logs/${path}`);
  const scoped = (path: string) =>
    `${path}${path.includes('?') ? '&' : '?'}cluster=kepler&from=now-1h`;

  it.each(ATTACKS)(
    'no %s query reaches a foreign line: %s',
    async (language, query) => {
      expect.hasAssertions();
      for (const path of [
        'search',
        'histogram',
        'values?field=kubernetes.namespace',
        'values?field=message',
        'download?format=ndjson',
      ]) {
        const { text } = await get(
          `${scoped(path)}&language=${language}&query=${encodeURIComponent(
            query,
          )}`,
        );
        // A refusal may repeat the query, and so may only be read without it.
        expectKept(text.replaceAll(JSON.stringify(query).slice(1, -1), ''));
      }
    },
  );

  it.each(PARAMETERS)('no parameter does: %s', async parameter => {
    expect.hasAssertions();
    for (const path of ['search', 'histogram', 'fields', 'context?id=s1']) {
      const { text } = await get(`${scoped(path)}&${parameter}`);
      expectKept(text);
    }
  });

  it('does not find a foreign line by its id, its trace or its level', async () => {
    const context = await get(scoped('context?id=s1'));
    expect(context.status).toBe(404);
    expectKept(context.text);
    for (const part of [`traceId=${'a'.repeat(32)}`, 'levels=fatal']) {
      const { body, text } = await get(`${scoped('search')}&${part}`);
      expect(body.lines).toEqual([]);
      expectKept(text);
    }
  });

  it('does not count what is foreign', async () => {
    const { body } = await get(scoped('histogram'));
    expect(
      body.buckets.reduce(
        (sum: number, { total }: { total: number }) => sum + total,
        0,
      ),
    ).toBe(1);
    const values = await get(scoped('values?field=kubernetes.labels.app'));
    expect(values.body.values).toEqual([{ value: 'order', count: 1 }]);
    expectKept(values.text);
  });

  it('follows nothing that is foreign', async () => {
    const abort = new AbortController();
    const path = `${scoped(
      'stream',
    )}&language=lucene&query=${encodeURIComponent(
      'x) OR (kubernetes.namespace:secret',
    )}`;
    const { body } = await fetch(
      `http://localhost:${world.server.port()}/api/logs/${path}`,
      { signal: abort.signal },
    );
    const decoder = new TextDecoder();
    let text = '';
    setTimeout(() => abort.abort(), 500);
    try {
      for await (const part of body ?? []) {
        text += decoder.decode(part, { stream: true });
      }
    } catch {
      // The stream goes on for as long as it is read.
    }
    expect(text).toContain('event: delta');
    expect(world.store.asked.length).toBeGreaterThan(0);
    expectKept(text);
  });

  it('tells of no foreign pod, and reads none', async () => {
    world.cluster.logs.set('vault-1/vault', [`${at} ${SECRET}`]);
    for (const path of [
      'targets',
      'pods?pods=vault-1',
      'pods?containers=vault',
    ]) {
      for (const namespace of ['wealth', foreignNamespace]) {
        const { text } = await get(
          `${path}${
            path.includes('?') ? '&' : '?'
          }cluster=kepler&namespace=${namespace}`,
        );
        expect(text).not.toContain(SECRET);
        expect(text).not.toMatch(/vault-1"/);
      }
    }
    expect(world.cluster.asked.map(({ pod: name }) => name)).not.toContain(
      'vault-1',
    );
  });

  it('refuses what is asked for by name', async () => {
    const { status } = await get(
      `${scoped('search')}&namespaces=secret&app=vault`,
    );
    expect(status).toBe(403);
    expect(world.store.asked).toEqual([]);
  });

  it('refuses the cursor of someone else, and of another question', async () => {
    world.store.add({ id: 'o2', at, namespace: 'wealth', app: 'order' });
    const { body } = await get(`${scoped('search')}&limit=1`);
    expect(body.cursor).toBeDefined();
    const use = (more: string, user?: string) => {
      const asked = get(
        `${scoped('search')}&limit=1&cursor=${body.cursor}${more}`,
      );
      return user
        ? asked.set('Authorization', mockCredentials.user.header(user))
        : asked;
    };
    expect((await use('')).status).toBe(200);
    expect((await use('', 'user:default/eve')).status).toBe(400);
    expect((await use('&query=other')).status).toBe(400);
    expect((await use('&namespaces=wealth')).status).toBe(400);
    const [payload, signature] = String(body.cursor).split('.');
    const forged = Buffer.from(
      JSON.stringify({
        ...JSON.parse(Buffer.from(payload, 'base64url').toString()),
        from: 0,
      }),
    ).toString('base64url');
    const { status } = await get(
      `${scoped('search')}&limit=1&cursor=${forged}.${signature}`,
    );
    expect(status).toBe(400);
    world.store.lines.splice(-1);
    world.store.asked.length = 0;
  });

  it('reads nothing where the store cannot tell namespaces exactly', async () => {
    // A fresh backend, for what is known of a store is kept.
    const other = await startLogs({ decide });
    other.cluster.pods = [pod('wealth', 'order')];
    other.store.types['kubernetes.namespace'] = ['text'];
    const { status } = await request(other.server).get(
      `/api/logs/${scoped('search')}&namespaces=wealth&app=order`,
    );
    expect(status).toBe(403);
    expect(other.store.asked).toEqual([]);
    await other.stop();
  });
});

it('asks for everything only where everything is permitted', async () => {
  const world = await startLogs({
    decide: () => ({ result: AuthorizeResult.ALLOW }),
  });
  world.store.add({ id: 's1', at, namespace: 'secret', app: 'vault' });
  const { body } = await request(world.server).get(
    '/api/logs/search?cluster=kepler&from=now-1h',
  );
  expect(body.lines).toHaveLength(1);
  await world.stop();
});
