import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  logContextResponseSchema,
  logFieldsResponseSchema,
  logFieldValuesResponseSchema,
  logHistogramResponseSchema,
  logSearchResponseSchema,
  logStoresResponseSchema,
} from '@orrery/backstage-plugin-logs-common';
import request from 'supertest';
import { startLogs } from '../__testUtils__/startLogs';

const NOW = Date.now();
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

describe('reads of a store', () => {
  let world: Awaited<ReturnType<typeof startLogs>>;
  let isDenied = false;

  beforeAll(async () => {
    world = await startLogs({
      decide: () => ({
        result: isDenied ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
      }),
    });
    for (let index = 0; index < 25; index += 1) {
      world.store.add({
        id: `w${index}`,
        at: ago(60 - index),
        namespace: 'wealth',
        app: index % 2 ? 'order' : 'payment',
        level: index % 5 ? 'INFO' : 'error',
        message: `paid ${index}`,
      });
    }
  });
  afterAll(() => world.stop());
  beforeEach(() => {
    world.store.faults = [];
    isDenied = false;
  });

  const get = (path: string) => request(world.server).get(`/api/logs/${path}`);

  it('pages through lines, the newest first, without one twice', async () => {
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 3; page += 1) {
      const { status, body } = await get(
        `search?cluster=kepler&limit=10${cursor}`,
      );
      expect(status).toBe(200);
      const answer = logSearchResponseSchema.parse(body);
      expect(answer.total).toEqual({ value: 25, relation: 'exact' });
      seen.push(...answer.lines.map(({ id }) => id));
      cursor = `&cursor=${answer.cursor}`;
    }
    expect(seen).toEqual(
      Array.from({ length: 25 }, (_, index) => `w${24 - index}`),
    );
    expect(cursor).toBe('&cursor=undefined');
  });

  it('answers levels, apps and words', async () => {
    const { body } = await get(
      'search?cluster=kepler&namespaces=wealth&app=order&levels=error&query=paid',
    );
    expect(
      logSearchResponseSchema.parse(body).lines.map(({ text }) => text),
    ).toEqual(['paid 15', 'paid 5']);
  });

  it('counts over time by level, also of the period before', async () => {
    const { body } = await get(
      'histogram?cluster=kepler&from=now-5m&compare=previous',
    );
    const answer = logHistogramResponseSchema.parse(body);
    const sum = (level: 'error' | 'info') =>
      answer.buckets.reduce(
        (total, { levels }) => total + (levels[level] ?? 0),
        0,
      );
    expect([sum('error'), sum('info')]).toEqual([5, 20]);
    expect(answer.previous).toEqual([]);
    expect(answer.intervalMilliseconds).toBe(5000);
  });

  it('lists fields with what is odd about them, and their top values', async () => {
    const { body } = await get('fields?cluster=kepler');
    const { fields } = logFieldsResponseSchema.parse(body);
    expect(fields.map(({ name }) => name)).not.toContain('kubernetes');
    expect(fields.find(({ name }) => name === 'mixed')?.problem).toContain(
      'long in some indexes and keyword in others',
    );
    const values = await get(
      'values?cluster=kepler&field=kubernetes.labels.app&limit=1',
    );
    expect(logFieldValuesResponseSchema.parse(values.body)).toMatchObject({
      values: [{ value: 'payment', count: 13 }],
      others: 12,
    });
    const sampled = await get('values?cluster=kepler&field=message');
    expect(logFieldValuesResponseSchema.parse(sampled.body).examined).toBe(25);
  });

  it('shows what the same container said around a line', async () => {
    const { body } = await get('context?cluster=kepler&id=w7&before=2&after=1');
    const { before, line, after } = logContextResponseSchema.parse(body);
    expect([
      before.map(({ id }) => id),
      line.id,
      after.map(({ id }) => id),
    ]).toEqual([['w3', 'w5'], 'w7', ['w9']]);
  });

  it('tells which stores there are', async () => {
    const { body } = await get('stores');
    expect(logStoresResponseSchema.parse(body).stores).toEqual([
      expect.objectContaining({
        cluster: 'kepler',
        product: 'Elasticsearch 8.15.0',
        oldestAt: ago(60),
        hasKibana: true,
        fieldMap: expect.objectContaining({ level: 'log.level' }),
      }),
    ]);
  });

  it('tells the place of what is wrong with a query', async () => {
    const { status, body } = await get(
      `search?cluster=kepler&query=${encodeURIComponent('a and (b')}`,
    );
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      position: expect.any(Number),
      length: expect.any(Number),
      message: expect.any(String),
    });
  });

  it.each([
    ['cluster', 'search?cluster=elsewhere'],
    ['from', 'search?cluster=kepler&from=yesterday'],
    ['limit', 'search?cluster=kepler&limit=1001'],
    ['levels', 'search?cluster=kepler&levels=loud'],
    ['namespaces', 'search?cluster=kepler&namespaces=A_B'],
    ['field', 'values?cluster=kepler&field=_index'],
    ['field', 'values?cluster=kepler&field=kubernetes'],
    ['cursor', 'search?cluster=kepler&cursor=e30.e30'],
    ['version', 'search?cluster=kepler&version=2'],
    ['buckets', 'histogram?cluster=kepler&buckets=1000'],
    ['before', 'context?cluster=kepler&id=w1&before=201'],
  ])('refuses a bad %s by its name: %s', async (field, path) => {
    const { status, body } = await get(path);
    expect(status).toBe(400);
    expect(body.error.message).toContain(field);
  });

  it.each([
    [
      429,
      { error: { type: 'es_rejected_execution_exception', root_cause: [] } },
      503,
      'busy',
    ],
    [503, { error: { type: 'search_phase_execution_exception' } }, 503, 'red'],
    [403, {}, 503, 'refuses our credentials'],
    [
      400,
      {
        error: {
          type: 'search_phase_execution_exception',
          root_cause: [
            { type: 'query_shard_exception', reason: 'Failed to parse [x]' },
          ],
        },
      },
      400,
      'Failed to parse',
    ],
    [500, {}, 503, 'not its API'],
  ])('says what a store means by %s', async (fault, answer, status, words) => {
    world.store.faults = [
      {
        status: fault,
        body: answer,
        ...(fault === 429 && { retryAfter: '7' }),
      },
    ];
    const { status: told, body } = await get('search?cluster=kepler');
    expect(told).toBe(status);
    expect(body.error.message).toContain(words);
    expect(body.error.retryAfterSeconds).toBe(fault === 429 ? 7 : undefined);
  });

  it('is kept from those who may read nothing', async () => {
    isDenied = true;
    for (const path of [
      'search?cluster=kepler',
      'histogram?cluster=kepler',
      'fields?cluster=kepler',
      'values?cluster=kepler&field=message',
      'context?cluster=kepler&id=w1',
      'stores',
    ]) {
      // A decision holds for some seconds, for the person whom it was about.
      const { status } = await get(path).set(
        'Authorization',
        mockCredentials.user.header('user:default/stranger'),
      );
      expect(status).toBe(403);
    }
  });
});
