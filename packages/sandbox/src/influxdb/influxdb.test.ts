import { createPrometheus } from '../prometheus';
import { ManualClock } from '../clock';
import { createSimulator } from '../simulator';
import { Effects } from '../simulator/flow/effects';
import { MapStore, runPods } from '../simulator/testing';
import { serveFacade, type Served } from '../testing/serveFacade';
import { applyWorld } from '../world/apply';
import { defaultWorld } from '../world/default';
import { createInflux } from '.';
import { parseInfluxQL } from './influxql/parse';

const DAY = 86_400_000;

describe('InfluxDB', () => {
  const clock = new ManualClock(Date.UTC(2026, 10, 23, 6));
  let served: Served;

  beforeAll(async () => {
    const prometheus = createPrometheus({ clock });
    const store = new MapStore();
    applyWorld(defaultWorld, store, clock.now());
    runPods(store);
    const simulator = createSimulator({
      world: defaultWorld,
      store,
      sink: prometheus.sink,
      clock,
      seed: 1,
      effects: new Effects(),
      tells: false,
    });
    for (let scrape = 0; scrape < 6; scrape++) {
      clock.advance(5000);
      await simulator.tick();
      await simulator.publish();
      prometheus.sink.scrape(clock.now());
    }
    served = await serveFacade(
      createInflux({
        prometheus,
        past: simulator.past,
        cluster: simulator.engine.cluster,
        world: defaultWorld,
        clock,
      }),
    );
  }, 60_000);

  afterAll(() => served.close());

  async function ask(q: string, more: Record<string, string> = {}) {
    const query = new URLSearchParams({
      db: 'prometheus',
      epoch: 'ms',
      q,
      ...more,
    });
    const response = await fetch(`${served.url}/query?${query}`);
    return { status: response.status, body: await response.json() };
  }

  it('answers a ping', async () => {
    const response = await fetch(`${served.url}/ping`);
    expect(response.status).toBe(204);
    expect(response.headers.get('x-influxdb-version')).toMatch(/^1\./);
  });

  const rates = (service: string, step: string, from: number) =>
    `SELECT sum("each") FROM (SELECT non_negative_derivative(last("value"), 1s) AS "each" FROM "istio_requests_total" WHERE "reporter" = 'destination' AND "destination_canonical_service" = '${service}' AND "destination_workload_namespace" = 'wealth' AND time >= ${from}ms GROUP BY time(${step}), *) WHERE time >= ${from}ms GROUP BY time(${step}), "destination_version" fill(none)`;

  it('knows a month of rates, which a day repeats', async () => {
    const from = clock.now() - 30 * DAY;
    const { body } = await ask(rates('account', '1d', from));
    const [{ series }] = body.results;
    expect(series).toHaveLength(1);
    const [{ tags, columns, values }] = series;
    expect(tags).toEqual({ destination_version: 'v1' });
    expect(columns).toEqual(['time', 'sum']);
    expect(values.length).toBeGreaterThanOrEqual(29);
    const whole = values.slice(1, -1).map(([, rate]: [number, number]) => rate);
    expect(Math.min(...whole)).toBeGreaterThan(0.95 * Math.max(...whole));
  });

  it('knows since when there are two versions, and that one did it all before', async () => {
    const from = clock.now() - DAY / 4;
    const { body } = await ask(rates('payment', '10m', from));
    const [{ series }] = body.results;
    const of = (version: string): [number, number][] =>
      series.find(
        ({ tags }: { tags: Record<string, string> }) =>
          tags.destination_version === version,
      ).values;
    const [v1, v2] = [of('v1'), of('v2')];
    // Its release is a little older than three hours.
    expect(v2[0][0]).toBeGreaterThan(clock.now() - DAY / 6);
    expect(v1[0][0]).toBeLessThan(from + DAY / 48);
    // The day goes on meanwhile, so what is compared is near in time.
    const begins = v1.findIndex(([at]) => at === v2[1][0]);
    const [before, after] = [v1[begins - 4][1], v1[begins + 1][1]];
    const both = after + v2[2][1];
    expect(both).toBeGreaterThan(after * 1.05);
    expect(before / both).toBeGreaterThan(0.93);
    expect(before / both).toBeLessThan(1.07);
  });

  it('groups, fills and orders', async () => {
    const { body } = await ask(
      'SELECT last("value") AS v FROM "istio_requests_total" WHERE "destination_workload_namespace" =~ /^(wealth|loan)$/ AND time > now() - 3h GROUP BY time(1h), "destination_workload_namespace" ORDER BY time DESC LIMIT 2',
    );
    const [{ series }] = body.results;
    expect(
      series.map(({ tags }: { tags: Record<string, string> }) =>
        Object.values(tags).join(),
      ),
    ).toEqual(['loan', 'wealth']);
    for (const { columns, values } of series) {
      expect(columns).toEqual(['time', 'v']);
      const hour = 3_600_000;
      const last = Math.floor(clock.now() / hour) * hour;
      expect(values.map(([at]: [number]) => at)).toEqual([last, last - hour]);
    }
  });

  it('shows what it has', async () => {
    const { body } = await ask(
      'SHOW DATABASES; SHOW MEASUREMENTS; SHOW TAG VALUES FROM "istio_requests_total" WITH KEY = "reporter"',
    );
    const values = body.results.map(
      ({ series }: { series: { values: unknown[][] }[] }) => series[0].values,
    );
    expect(values[0]).toEqual([['prometheus']]);
    expect(values[1]).toContainEqual(['istio_requests_total']);
    expect(values[2]).toContainEqual(['reporter', 'destination']);
  });

  it('says no as the real one does', async () => {
    expect((await ask('SELEC')).body).toEqual({
      error:
        'error parsing query: found SELEC, expected SELECT, SHOW at line 1, char 1',
    });
    expect((await ask('SELECT')).status).toBe(400);
    const other = await ask('SELECT mean(value) FROM m', { db: 'other' });
    expect(other.body.results[0].error).toBe('database not found: other');
    const none = await ask('SELECT mean(value) FROM m', { db: '' });
    expect(none.body.results[0].error).toBe('database name required');
    const nothing = await ask('SELECT mean(value) FROM nothing');
    expect(nothing.body.results).toEqual([{ statement_id: 0 }]);
    expect(
      (
        await ask(
          'SELECT nope(value) FROM istio_requests_total WHERE time > now() - 1h',
        )
      ).body.results[0].error,
    ).toContain('undefined function nope()');
  });
});

describe('InfluxQL', () => {
  it('has times in several notations', () => {
    const now = Date.UTC(2026, 10, 23, 6);
    const bounds = (text: string) => {
      const [statement] = parseInfluxQL(
        `SELECT value FROM m WHERE ${text}`,
        now,
      );
      return statement.type === 'select'
        ? [statement.select.from, statement.select.to]
        : [];
    };
    expect(bounds('time >= now() - 1h AND time <= now()')).toEqual([
      now - 3_600_000,
      now,
    ]);
    expect(bounds("time >= '2026-11-23T05:00:00Z'")).toEqual([
      now - 3_600_000,
      Infinity,
    ]);
    expect(bounds(`time >= ${now}000000`)).toEqual([now, Infinity]);
    expect(bounds(`time < ${now / 1000}s`)).toEqual([-Infinity, now - 1]);
    expect(bounds('time > now()-1d')).toEqual([now - DAY + 1, Infinity]);
  });
});
