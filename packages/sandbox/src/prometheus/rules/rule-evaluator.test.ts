import { ManualClock } from '../../clock';
import { createPrometheus } from '../index';
import type { RuleGroup } from './rule-types';

const INTERVAL = 15_000;

const GROUP: RuleGroup = {
  name: 'shop',
  file: 'shop.yaml',
  intervalMs: INTERVAL,
  rules: [
    {
      alert: 'Errors',
      expr: 'errors > 0.1',
      forMs: 30_000,
      labels: { severity: 'page' },
      annotations: { summary: '{{ $labels.app }}: {{ $value }}' },
    },
    { record: 'errors:sum', expr: 'sum(errors)', labels: { level: 'all' } },
    { alert: 'Broken', expr: 'errors * on () errors' },
    {
      alert: 'Sticky',
      expr: 'errors{app="shop"} > 0.5',
      keepFiringForMs: 45_000,
    },
  ],
};

function create() {
  const clock = new ManualClock(1_700_000_000_000);
  const prometheus = createPrometheus({
    clock,
    scrapeIntervalMs: INTERVAL,
    rules: () => [GROUP],
  });
  const { sink } = prometheus;
  sink.declare('errors', 'gauge', 'Share of errors');
  const shop = sink.open('errors', { app: 'shop' });
  sink.open('errors', { app: 'cart' }).set(0);
  const tick = async (value: number) => {
    clock.advance(INTERVAL);
    shop.set(value);
    sink.scrape(clock.now());
    await prometheus.evaluateRules();
  };
  const states = () =>
    prometheus
      .alerts()
      .map(one => `${one.labels.alertname} ${one.state} ${one.value}`);
  const ask = async (query: string) => {
    clock.advance(1);
    sink.scrape(clock.now());
    const { value, labels } = await prometheus.engine.instant(
      query,
      clock.now(),
    );
    if (value.type !== 'vector') throw new Error(value.type);
    return value.vector.labels.map((set, row) => [
      labels.toRecord(set),
      value.vector.get(row, 0),
    ]);
  };
  return { prometheus, clock, tick, states, ask };
}

describe('RuleEvaluator', () => {
  it('lets an alert pend before it fires, and resolves it', async () => {
    const { tick, states, prometheus, clock } = create();
    await tick(0.2);
    const activeAtMs = clock.now();
    expect(states()).toEqual(['Errors pending 0.2']);
    await tick(0.3);
    expect(states()).toEqual(['Errors pending 0.3']);
    await tick(0.25);
    expect(prometheus.alerts()).toEqual([
      expect.objectContaining({
        labels: { alertname: 'Errors', app: 'shop', severity: 'page' },
        annotations: { summary: 'shop: 0.25' },
        state: 'firing',
        activeAtMs,
      }),
    ]);
    await tick(0);
    expect(states()).toEqual([]);
    await tick(0.2);
    expect(states()).toEqual(['Errors pending 0.2']);
  });

  it('goes on firing for a while where the rule says so', async () => {
    const { tick, states } = create();
    await tick(0.9);
    expect(states()).toContain('Sticky firing 0.9');
    await tick(0);
    await tick(0);
    expect(states()).toEqual(['Sticky firing 0.9']);
    await tick(0);
    expect(states()).toEqual([]);
  });

  it('writes ALERTS, and ends it with the alert', async () => {
    const { tick, ask, clock } = create();
    await tick(0.2);
    const since = clock.now() / 1000;
    const labels = { alertname: 'Errors', app: 'shop', severity: 'page' };
    expect(await ask('ALERTS')).toEqual([
      [{ __name__: 'ALERTS', ...labels, alertstate: 'pending' }, 1],
    ]);
    expect(await ask('ALERTS_FOR_STATE')).toEqual([
      [{ __name__: 'ALERTS_FOR_STATE', ...labels }, since],
    ]);
    await tick(0);
    expect(await ask('ALERTS')).toEqual([]);
  });

  it('records the results of an expression', async () => {
    const { tick, ask } = create();
    await tick(0.2);
    expect(await ask('errors:sum')).toEqual([
      [{ __name__: 'errors:sum', level: 'all' }, 0.2],
    ]);
  });
});
