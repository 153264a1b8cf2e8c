import { ManualClock } from '../clock';
import { createPrometheus } from '../prometheus';
import { applyWorld } from '../world/apply';
import { defaultWorld } from '../world/default';
import { createSimulator } from './create-simulator';
import { Effects } from './flow/effects';
import { MapStore, runPods } from './testing';

const MINUTE = 60_000;

/** A simulator that writes to the sandbox's Prometheus, with a ring of five minutes. */
async function runFor(minutes: number) {
  const clock = new ManualClock(Date.UTC(2026, 10, 23, 6));
  const prometheus = createPrometheus({
    clock,
    scrapeIntervalMs: 5000,
    retentionMs: 5 * MINUTE,
  });
  const store = new MapStore();
  applyWorld(defaultWorld, store, clock.now());
  runPods(store);
  const effects = new Effects();
  const simulator = createSimulator({
    world: defaultWorld,
    store,
    sink: prometheus.sink,
    clock,
    seed: 1,
    effects,
    tells: false,
  });
  const started = clock.now();
  for (let second = 1; second <= minutes * 60; second++) {
    clock.advance(1000);
    await simulator.tick();
    if (second === 12 * 60) {
      // About as much again as there is at this time of the day.
      effects.extraTraffic = 1.33;
    }
    if (second % 5 === 0) {
      await simulator.publish();
      prometheus.sink.scrape(clock.now());
    }
  }
  return { clock, prometheus, started };
}

describe('counters over the whole of time', () => {
  it('run on where the closed form, the checkpoints and the samples meet', async () => {
    const { clock, prometheus, started } = await runFor(24);
    const [series] = prometheus.queryable.select(
      [
        { name: '__name__', operator: '=', value: 'istio_requests_total' },
        { name: 'reporter', operator: '=', value: 'destination' },
        { name: 'source_workload', operator: '=', value: 'portal-bff' },
        { name: 'destination_workload', operator: '=', value: 'account' },
      ],
      started - 20 * MINUTE,
      clock.now(),
    );
    const times = Array.from(series.timestamps);
    const values = Array.from(series.values);
    expect(times[0]).toBeLessThan(started - 19 * MINUTE);
    const rates: { minute: number; rate: number }[] = [];
    for (let index = 1; index < times.length; index++) {
      const seconds = (times[index] - times[index - 1]) / 1000;
      rates.push({
        minute: (times[index] - started) / MINUTE,
        rate: (values[index] - values[index - 1]) / seconds,
      });
    }
    const usual = rates.filter(({ minute }) => minute < 12);
    const doubled = rates.filter(({ minute }) => minute > 14.1);
    const mean = usual.reduce((sum, { rate }) => sum + rate, 0) / usual.length;
    for (const { rate } of usual) {
      expect(rate / mean).toBeGreaterThan(0.8);
      expect(rate / mean).toBeLessThan(1.2);
    }
    for (const { rate } of doubled) {
      expect(rate / mean).toBeGreaterThan(1.6);
      expect(rate / mean).toBeLessThan(2.4);
    }
  });
});
