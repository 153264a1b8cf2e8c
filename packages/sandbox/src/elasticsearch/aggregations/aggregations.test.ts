import { startStore } from '../testing/startStore';

interface Bucket {
  key: string | number;
  doc_count: number;
}

const sum = (buckets: readonly Bucket[]) =>
  buckets.reduce((total, { doc_count }) => total + doc_count, 0);

describe('aggregations', () => {
  let store: Awaited<ReturnType<typeof startStore>>;
  let total: number;

  beforeAll(async () => {
    store = await startStore();
    total = (await store.search({ size: 0, track_total_hits: true })).hits.total
      .value;
  }, 60_000);

  afterAll(() => store.close());

  const aggregate = async (it: unknown) =>
    (await store.search({ size: 0, aggs: { it } })).aggregations.it;

  it('draw a histogram with its empty ends', async () => {
    const now = store.clock.now();
    const { buckets } = await aggregate({
      date_histogram: {
        field: '@timestamp',
        fixed_interval: '10s',
        min_doc_count: 0,
        extended_bounds: { min: now - 300_000, max: now + 60_000 },
      },
      aggs: { levels: { terms: { field: 'log.level' } } },
    });
    expect(sum(buckets)).toBe(total);
    expect(buckets[0]).toMatchObject({
      key: now - 300_000,
      key_as_string: new Date(now - 300_000).toISOString(),
      doc_count: 0,
      levels: { buckets: [] },
    });
    expect(buckets.at(-1).key).toBe(now + 60_000);
    buckets.slice(1).forEach(({ key }: Bucket, index: number) => {
      expect(key).toBe(buckets[index].key + 10_000);
    });
  });

  it('choose an interval by themselves', async () => {
    const { buckets, interval } = await aggregate({
      auto_date_histogram: { field: '@timestamp', buckets: 20 },
    });
    expect(interval).toMatch(/^\d+[sm]$/);
    expect(buckets.length).toBeLessThanOrEqual(20);
    expect(sum(buckets)).toBe(total);
  });

  it('list the most frequent values, and how many have others', async () => {
    const all = await aggregate({
      terms: { field: 'kubernetes.namespace', size: 100, missing: 'none' },
    });
    expect(sum(all.buckets)).toBe(total);
    const two = await aggregate({
      terms: { field: 'kubernetes.namespace', size: 2 },
    });
    expect(two.buckets).toEqual(all.buckets.slice(0, 2));
    expect(two.sum_other_doc_count).toBe(total - sum(two.buckets));
    const byName = await aggregate({
      terms: { field: 'kubernetes.namespace', order: { _key: 'asc' } },
    });
    const names = byName.buckets.map(({ key }: Bucket) => key);
    expect(names).toEqual([...names].sort());
  });

  it('count by filters, and in samples', async () => {
    const { buckets } = await aggregate({
      filters: {
        other_bucket_key: 'others',
        filters: { errors: { term: { 'log.level': 'error' } } },
      },
    });
    expect(buckets.errors.doc_count).toBeGreaterThan(0);
    expect(buckets.errors.doc_count + buckets.others.doc_count).toBe(total);
    const sample = await aggregate({
      sampler: { shard_size: 50 },
      aggs: { apps: { cardinality: { field: 'kubernetes.labels.app' } } },
    });
    expect(sample.doc_count).toBe(50);
    expect(sample.apps.value).toBeGreaterThan(1);
  });

  it('know the ends of time', async () => {
    const { aggregations } = await store.search({
      size: 0,
      aggs: {
        oldest: { min: { field: '@timestamp' } },
        newest: { max: { field: '@timestamp' } },
      },
    });
    const { oldest, newest } = aggregations;
    expect(newest.value).toBeLessThanOrEqual(store.clock.now());
    expect(oldest.value_as_string).toBe(new Date(oldest.value).toISOString());
    expect(newest.value - oldest.value).toBeGreaterThan(30_000);
  });

  it.each([
    [{ histogramm: {} }, 'Unknown aggregation type [histogramm]'],
    [
      { terms: { field: 'x' }, min: { field: 'x' } },
      'Found two aggregation type definitions in [it]: [terms] and [min]',
    ],
  ])('refuse %j', async (it, reason) => {
    const { status, body } = await store.ask('POST', '/_search', {
      aggs: { it },
    });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ type: 'parsing_exception', reason });
  });
});
