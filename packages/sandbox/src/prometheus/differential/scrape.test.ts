import { systemClock } from '../../clock';
import { type Prometheus, createPrometheus } from '../index';
import { type QueryData, firstDifference } from './compare';
import {
  type RealPrometheus,
  findPrometheus,
  startPrometheus,
} from './real-prometheus';
import { serveFacade } from './serve-facade';

const EVERYTHING = '{__name__=~"requests_total|latency_seconds.*|odd"}';

async function instant(url: string, query: string): Promise<QueryData> {
  const response = await fetch(`${url}/api/v1/query`, {
    method: 'POST',
    body: new URLSearchParams({ query }),
  });
  const { data } = (await response.json()) as { data: QueryData };
  return data;
}

/** Values alone: two servers scrape at different moments. */
function withoutTimes(data: QueryData): QueryData {
  const result = (data.result as { value: [number, string] }[]).map(one => ({
    ...one,
    value: [0, one.value[1]],
  }));
  return { ...data, result };
}

const installed = findPrometheus();
const suite = installed ? describe : describe.skip;

suite(
  'a real Prometheus scrapes /metrics (needs `prometheus` and `promtool` in PATH or $PROMETHEUS; Debian: apt-get install prometheus)',
  () => {
    if (!installed) {
      // One skipped test stands for all of them.
      it('is installed', () => expect(installed).toBeDefined());
      return;
    }
    const programs = installed;
    let real: RealPrometheus;
    let ours: Prometheus;
    let facade: Awaited<ReturnType<typeof serveFacade>>;
    let endRequests: () => void;

    beforeAll(async () => {
      ours = createPrometheus({ clock: systemClock, scrapeIntervalMs: 1000 });
      const { sink } = ours;
      sink.declare('requests_total', 'counter', 'Requests\nof "all" \\ kinds');
      sink.declare('latency_seconds', 'histogram', 'Latency', [0.005, 0.5, 5]);
      sink.declare('odd', 'gauge', 'Odd values');
      const plain = {
        job: 'istio-proxies',
        instance: '10.0.0.1:15020',
        flags: 'a"b\\c\nd',
      };
      const requests = sink.open('requests_total', plain);
      requests.set(12345.5);
      endRequests = () => requests.end();
      sink.openHistogram('latency_seconds', plain).set([1, 4, 9, 10], 12.25);
      for (const value of [NaN, Infinity, -Infinity, 1e300, -0.1, 0]) {
        sink.open('odd', { ...plain, kind: String(value) }).set(value);
      }
      ours.sink.scrape(Date.now());
      facade = await serveFacade(ours.facade);
      const target = new URL(facade.url);
      real = await startPrometheus(
        programs,
        undefined,
        JSON.stringify({
          global: { scrape_interval: '1s', scrape_timeout: '1s' },
          scrape_configs: [
            {
              job_name: 'sandbox',
              honor_labels: true,
              metrics_path: `${target.pathname}/metrics`,
              static_configs: [{ targets: [target.host] }],
            },
          ],
        }),
      );
    }, 60_000);

    afterAll(async () => {
      await real?.stop();
      await facade?.close();
    });

    async function eventually(check: () => Promise<void>): Promise<void> {
      const deadline = Date.now() + 20_000;
      for (;;) {
        try {
          await check();
          return;
        } catch (error) {
          if (Date.now() > deadline) throw error;
          await new Promise(resolve => {
            setTimeout(resolve, 250);
          });
        }
      }
    }

    it('has the same series and values as the facade', async () => {
      await eventually(async () => {
        const theirs = withoutTimes(await instant(real.url, EVERYTHING));
        const mine = withoutTimes(await instant(facade.url, EVERYTHING));
        expect(mine.result).toHaveLength(13);
        expect(firstDifference(mine, theirs)).toBeUndefined();
      });
    }, 30_000);

    it('has the same types and help texts', async () => {
      const metadata = async (url: string) => {
        const response = await fetch(
          `${url}/api/v1/metadata?metric=requests_total`,
        );
        return ((await response.json()) as { data: unknown }).data;
      };
      await eventually(async () => {
        expect(await metadata(facade.url)).toEqual(await metadata(real.url));
      });
    }, 30_000);

    it('loses a series that ends', async () => {
      endRequests();
      ours.sink.scrape(Date.now());
      await eventually(async () => {
        for (const url of [facade.url, real.url]) {
          const { result } = await instant(url, 'requests_total');
          expect(result).toEqual([]);
        }
      });
    }, 30_000);
  },
);
