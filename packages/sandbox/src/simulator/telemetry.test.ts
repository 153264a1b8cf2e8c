import { MapSink, startWorld } from './testing';

/** Hours of a world are played, on machines that may be busy. */
jest.setTimeout(30_000);

const REQUESTS = 'istio_requests_total';

describe('what proxies report', () => {
  it('is the same from both ends of a connection', async () => {
    const { sink, run } = startWorld();
    await run(120);
    const pairs = new Map<string, Record<string, number>>();
    for (const { labels, value } of sink.find(REQUESTS)) {
      if (labels.response_flags !== '-') continue;
      const key = `${labels.source_workload}>${labels.destination_workload}:${labels.response_code}:${labels.grpc_response_status}`;
      const pair = pairs.get(key) ?? {};
      pair[labels.reporter] = (pair[labels.reporter] ?? 0) + value;
      pairs.set(key, pair);
    }
    const both = [...pairs.values()].filter(
      pair => pair.source !== undefined && pair.destination !== undefined,
    );
    expect(both.length).toBeGreaterThan(15);
    for (const { source, destination } of both) {
      // Retried attempts are counted at the callee alone: a small difference at most.
      expect(Math.abs(source - destination) / destination).toBeLessThan(0.35);
    }
    const { source, destination } =
      pairs.get('portal-bff>order:200:undefined') ?? {};
    expect(source).toBe(destination);
  });

  it('names peers as far as each proxy can know them', async () => {
    const { sink, run } = startWorld();
    await run(60);
    const [fromArchive] = sink.find(REQUESTS, {
      destination_workload: 'contract',
      source_workload: 'unknown',
    });
    expect(fromArchive.labels).toMatchObject({
      reporter: 'destination',
      source_principal: 'unknown',
      source_canonical_revision: 'latest',
      connection_security_policy: 'none',
    });
    expect(sink.find(REQUESTS, { source_workload: 'archive' })).toEqual([]);
    const toArchive = sink.find(REQUESTS, { destination_workload: 'archive' });
    expect(toArchive.map(({ labels }) => labels.reporter)).toEqual(['source']);
    const [bank] = sink.find(REQUESTS, { destination_service: 'bank.example' });
    expect(bank.labels).toMatchObject({
      destination_workload: 'unknown',
      destination_service_name: 'bank.example',
      destination_service_namespace: 'wealth',
      destination_principal: 'unknown',
    });
    const [feed] = sink.find(REQUESTS, {
      destination_service_name: 'PassthroughCluster',
    });
    expect(feed.labels).toMatchObject({
      destination_service: 'feed.marketdata.example',
      destination_service_namespace: 'unknown',
    });
    const [order] = sink.find(REQUESTS, {
      reporter: 'destination',
      source_workload: 'order',
      destination_workload: 'payment-v1',
    });
    expect(order.labels).toMatchObject({
      job: 'envoy-stats',
      app: 'payment',
      namespace: 'wealth',
      source_principal: 'spiffe://cluster.local/ns/wealth/sa/order',
      destination_principal: 'spiffe://cluster.local/ns/wealth/sa/payment',
      connection_security_policy: 'mutual_tls',
      destination_version: 'v1',
      source_cluster: 'kepler-sh',
    });
  });

  it('reports ambient workloads at layer 4 from ztunnel', async () => {
    const { sink, run } = startWorld();
    await run(60);
    const toAudit = sink.find('istio_tcp_sent_bytes_total', {
      source_workload: 'notify',
      destination_workload: 'audit',
    });
    expect(
      toAudit.map(({ labels }) => [labels.app, labels.reporter]).sort(),
    ).toEqual([
      ['ztunnel', 'destination'],
      ['ztunnel', 'source'],
    ]);
    expect(
      sink.find(REQUESTS, {
        reporter: 'destination',
        destination_workload: 'audit',
      }),
    ).toEqual([]);
  });

  it('counts the messages of gRPC calls, more where the server streams', async () => {
    const { sink, run } = startWorld();
    await run(60);
    const quote = { source_workload: 'portal-bff', destination_app: 'quote' };
    const calls = sink.total(REQUESTS, { ...quote, reporter: 'source' });
    const messages = (kind: string, labels: Record<string, string>) =>
      sink.total(`istio_${kind}_messages_total`, {
        ...labels,
        reporter: 'source',
      });
    expect(calls).toBeGreaterThan(100);
    expect(messages('request', quote)).toBe(calls);
    expect(messages('response', quote)).toBe(calls * 12);
    const plain = { source_workload: 'portal-bff', destination_app: 'account' };
    expect(messages('request', plain)).toBe(0);
  });

  it('shows the standing fault as the worst edge', async () => {
    const { increase } = startWorld();
    const edge = {
      reporter: 'destination',
      source_workload: 'order',
      destination_workload: 'payment-v2',
    };
    const [all, unavailable, broken] = await increase(
      300,
      REQUESTS,
      edge,
      { ...edge, response_code: '503' },
      { ...edge, response_code: '500' },
    );
    expect((unavailable + broken) / all).toBeCloseTo(0.122, 2);
  });

  it('repeats itself for equal seeds', async () => {
    const values = async (seed: number) => {
      const { sink, run } = startWorld(undefined, seed);
      await run(30);
      return sink.series.map(({ name, labels, value }) => [
        name,
        labels,
        value,
      ]);
    };
    const first = await values(3);
    expect(await values(3)).toEqual(first);
    expect(await values(4)).not.toEqual(first);
  });

  it('ends what a workload reported when its last pod is gone', async () => {
    const { store, sink, run } = startWorld();
    await run(10);
    for (const pod of store.list('pods', 'wealth')) {
      if (pod.metadata.name.startsWith('quote-')) {
        store.delete('pods', 'wealth', pod.metadata.name);
      }
    }
    await run(10);
    expect(
      sink.find(REQUESTS, {
        reporter: 'destination',
        destination_workload: 'quote',
      }),
    ).toEqual([]);
    expect(
      sink.find(REQUESTS, { reporter: 'source', source_workload: 'quote' }),
    ).toEqual([]);
  });
});

describe('the past', () => {
  const started = () => {
    const world = startWorld();
    return { ...world, now: world.clock.now() };
  };

  function past(sink: MapSink, name: string, labels: Record<string, string>) {
    const [series] = sink.find(name, labels);
    return (time: number) => series.past?.(time);
  }

  it('meets the present without a step', async () => {
    const { sink, run, now } = started();
    await run(1);
    const before = sink.find(REQUESTS).map(({ value }) => value);
    await run(60);
    sink.find(REQUESTS).forEach(({ labels, value, past: at }, index) => {
      const last = at?.(now) ?? 0;
      const earlier = at?.(now - 60_000) ?? 0;
      expect(before[index]).toBeGreaterThanOrEqual(last);
      const increase = value - last;
      const expected = last - earlier;
      // The world moves a little within a minute, and small counts are whole.
      expect({
        labels,
        increase,
        expected,
        ok: Math.abs(increase - expected) < 0.2 * expected + 4,
      }).toMatchObject({ ok: true });
    });
  });

  it('never runs backwards over a day', async () => {
    const { sink, run, now } = started();
    await run(1);
    for (const { past: at } of sink.find(REQUESTS)) {
      let previous = 0;
      for (let hour = 24; hour >= 0; hour--) {
        const value = at?.(now - hour * 3_600_000) ?? 0;
        expect(value).toBeGreaterThanOrEqual(previous);
        previous = value;
      }
    }
    const [histogram] = sink.histograms;
    const { counts } = histogram.past?.(now - 7_200_000) ?? { counts: [] };
    for (let index = 1; index < counts.length; index++) {
      expect(counts[index]).toBeGreaterThanOrEqual(counts[index - 1]);
    }
  });

  it('knows that payment v2 was released a few hours ago', async () => {
    const { sink, run, now } = started();
    await run(1);
    const at = past(sink, REQUESTS, {
      reporter: 'destination',
      source_workload: 'order',
      destination_workload: 'payment-v2',
      response_code: '200',
    });
    expect(at(now - 4 * 3_600_000)).toBeUndefined();
    expect(at(now - 2 * 3_600_000)).toBeGreaterThan(10_000);
  });

  it('remembers what happened since the start', async () => {
    const { sink, effects, run, clock } = started();
    const failing = {
      reporter: 'destination',
      source_workload: 'istio-ingressgateway',
      destination_workload: 'portal-bff',
      response_code: '503',
    };
    await run(300);
    effects.setBehaviour('wealth/portal-bff', {
      errors: [{ code: 503, share: 0.5, message: '' }],
    });
    for (let minute = 0; minute < 10; minute++) await run(60);
    effects.setBehaviour('wealth/portal-bff', undefined);
    for (let minute = 0; minute < 10; minute++) await run(60);
    const at = past(sink, REQUESTS, failing);
    const ago = (minutes: number) => at(clock.now() - minutes * 60_000) ?? 0;
    expect(ago(24)).toBe(0);
    expect(ago(12) - ago(18)).toBeGreaterThan(10_000);
    expect(ago(2) - ago(7)).toBe(0);
  });
});
