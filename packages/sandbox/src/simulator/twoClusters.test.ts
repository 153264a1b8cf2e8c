import { ManualClock } from '../clock';
import { applyWorld } from '../world/apply';
import { twoClusters } from '../world/second';
import { createSimulators } from './create-simulator';
import { Effects } from './flow/effects';
import { MapSink, MapStore, runPods, setReady } from './testing';

const REQUESTS = 'istio_requests_total';

function startTwo() {
  const clock = new ManualClock(Date.UTC(2026, 10, 23, 6));
  const clusters = twoClusters().map(world => {
    const store = new MapStore();
    applyWorld(world, store, clock.now());
    runPods(store);
    return { world, store, sink: new MapSink(), effects: new Effects() };
  });
  const simulators = createSimulators(
    clusters.map(cluster => ({ ...cluster, clock, seed: 1, tells: false })),
  );
  async function run(seconds: number) {
    for (let second = 0; second < seconds; second++) {
      clock.advance(1000);
      for (const simulator of simulators) await simulator.tick();
    }
    for (const simulator of simulators) await simulator.publish();
  }
  const [first, second] = clusters;
  return { first, second, run, clock, simulators };
}

const across = {
  source_app: 'payment',
  destination_workload: 'settlement',
  source_cluster: 'kepler-sh',
  destination_cluster: 'kepler-bj',
};

describe('one mesh of two clusters', () => {
  it('reports each side of a call in the cluster where it was seen', async () => {
    const { first, second, run } = startTwo();
    await run(60);
    const seen = ({ sink }: typeof first) =>
      ['source', 'destination'].map(reporter =>
        sink.total(REQUESTS, { ...across, reporter }),
      );
    const [sent, nothing] = seen(first);
    const [neither, received] = seen(second);
    expect([nothing, neither]).toEqual([0, 0]);
    expect(sent).toBeGreaterThan(1000);
    expect(received).toBe(sent);
    const [series] = second.sink.find(REQUESTS, across);
    expect(series.labels).toMatchObject({
      source_principal: 'spiffe://cluster.local/ns/wealth/sa/payment',
      connection_security_policy: 'mutual_tls',
      namespace: 'wealth',
      app: 'settlement',
    });
  });

  it('stays inside where a service runs on both sides', async () => {
    const { first, second, run } = startTwo();
    await run(60);
    for (const { sink, world } of [first, second]) {
      const clusters = sink
        .find(REQUESTS, { destination_service_name: 'quote' })
        .flatMap(({ labels }) => [
          labels.source_cluster,
          labels.destination_cluster,
        ]);
      expect(new Set(clusters)).toEqual(new Set([world.cluster]));
    }
  });

  it('goes back for what only the first has', async () => {
    const { first, second, run } = startTwo();
    await run(60);
    const back = {
      source_workload: 'settlement',
      destination_workload: 'mysql',
      source_cluster: 'kepler-bj',
      destination_cluster: 'kepler-sh',
    };
    const name = 'istio_tcp_sent_bytes_total';
    expect(
      second.sink.total(name, { ...back, reporter: 'source' }),
    ).toBeGreaterThan(1000);
    expect(
      first.sink.total(name, { ...back, reporter: 'destination' }),
    ).toBeGreaterThan(1000);
  });

  it('has a past on both sides', async () => {
    const { first, second, run, clock } = startTwo();
    await run(1);
    const at = clock.now() - 3_600_000;
    for (const { sink } of [first, second]) {
      const [series] = sink.find(REQUESTS, across);
      expect(series.past?.(at)).toBeGreaterThan(100_000);
    }
  });

  it('fails over to the other side and back', async () => {
    const { first, second, run } = startTwo();
    await run(10);
    const toQuote = { source_workload: 'portal-bff', destination_app: 'quote' };
    const over = { ...toQuote, destination_cluster: 'kepler-bj' };
    expect(first.sink.find(REQUESTS, over)).toEqual([]);
    setReady(first.store, 'quote', false);
    await run(30);
    const moved = first.sink.total(REQUESTS, over);
    expect(moved).toBeGreaterThan(1000);
    expect(second.sink.total(REQUESTS, over)).toBeGreaterThan(1000);
    setReady(first.store, 'quote', true);
    await run(1);
    const settled = first.sink.total(REQUESTS, over);
    await run(30);
    expect(first.sink.total(REQUESTS, over)).toBe(settled);
  });
});
