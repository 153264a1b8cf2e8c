import { ManualClock } from '../../clock';
import { createPrometheus } from '../index';
import { type QueryData, firstDifference } from './compare';
import {
  DATASET_INTERVAL_MS,
  DATASET_SCRAPES,
  createDataset,
  scrapeTime,
} from './dataset';
import { feedDataset } from './feed-dataset';
import { toOpenMetrics } from './open-metrics';
import { DIFFERENTIAL_QUERIES, type DifferentialCase } from './queries';
import {
  type RealPrometheus,
  findPrometheus,
  startPrometheus,
} from './real-prometheus';
import { REFUSED_QUERIES } from './refused-queries';
import { serveFacade } from './serve-facade';
import { knows } from './version';

const programs = findPrometheus();
const version = programs?.version ?? [0, 0];
/** What the installed release can judge. */
const comparable = DIFFERENTIAL_QUERIES.filter(one => knows(version, one));

/** 2.x prints large numbers with an exponent; ours prints them as 3.x does. */
const printable = comparable.filter(
  one => version[0] >= 3 || !/\d{7,}|\de\d/.test(one.query),
);

interface Answer {
  status: 'success' | 'error';
  data: QueryData;
  errorType?: string;
  error?: string;
}

async function ask(
  url: string,
  endpoint: 'query' | 'query_range',
  parameters: Record<string, string>,
): Promise<{ http: number; answer: Answer }> {
  const response = await fetch(`${url}/api/v1/${endpoint}`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
  });
  return { http: response.status, answer: (await response.json()) as Answer };
}

const seconds = (column: number, extraMs = 0) =>
  String((scrapeTime(column) + extraMs) / 1000);

/** On a scrape, between two, and near both ends of the data. */
const INSTANTS = [
  seconds(400),
  seconds(433, 2345),
  seconds(30, 1),
  seconds(DATASET_SCRAPES - 1, 90_000),
];
const RANGE = {
  start: seconds(20, 1700),
  end: seconds(470),
  step: '61',
};

/** An object with its keys in order, so that two texts of it are equal. */
function canonical(value: unknown): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).sort()
    : value;
}

const suite = programs ? describe : describe.skip;

suite(
  'PromQL answers equal a real Prometheus (needs `prometheus` and `promtool` in PATH or $PROMETHEUS; Debian: apt-get install prometheus)',
  () => {
    let real: RealPrometheus;
    let facade: Awaited<ReturnType<typeof serveFacade>>;

    beforeAll(async () => {
      if (!programs) throw new Error('prometheus is not installed');
      const dataset = createDataset();
      real = await startPrometheus(programs, toOpenMetrics(dataset));
      const ours = createPrometheus({
        clock: new ManualClock(scrapeTime(DATASET_SCRAPES)),
        scrapeIntervalMs: DATASET_INTERVAL_MS,
        retentionMs: DATASET_SCRAPES * DATASET_INTERVAL_MS,
        dialect: version[0] < 3 ? 2 : 3,
      });
      feedDataset(dataset, ours.sink);
      facade = await serveFacade(ours.facade);
    }, 60_000);

    afterAll(async () => {
      await real?.stop();
      await facade?.close();
    });

    async function compare(
      one: DifferentialCase,
      endpoint: 'query' | 'query_range',
      parameters: Record<string, string>,
    ): Promise<string | undefined> {
      const all = { ...parameters, query: one.query };
      const [mine, theirs] = await Promise.all([
        ask(facade.url, endpoint, all),
        ask(real.url, endpoint, all),
      ]);
      if (mine.answer.status !== theirs.answer.status) {
        return `${JSON.stringify(mine.answer)}, real ${JSON.stringify(
          theirs.answer,
        )}`;
      }
      if (mine.answer.status === 'error') {
        return `both refuse it: ${mine.answer.error}`;
      }
      return firstDifference(mine.answer.data, theirs.answer.data, {
        ...one,
        ordered: one.ordered && endpoint === 'query',
      });
    }

    it('asks at least 200 queries', () => {
      expect(comparable.length).toBeGreaterThanOrEqual(200);
    });

    it.each(comparable.map(one => [one.query, one] as const))(
      '%s',
      async (_, one) => {
        for (const time of INSTANTS) {
          expect([time, await compare(one, 'query', { time })]).toEqual([
            time,
            undefined,
          ]);
        }
        expect(await compare(one, 'query_range', RANGE)).toBeUndefined();
      },
    );

    it.each(printable.map(one => [one.query]))(
      'formats %s as the real one does',
      async query => {
        const format = async (url: string) => {
          const response = await fetch(`${url}/api/v1/format_query`, {
            method: 'POST',
            body: new URLSearchParams({ query }),
          });
          return response.json();
        };
        expect(await format(facade.url)).toEqual(await format(real.url));
      },
    );

    it.each([
      ['series?match[]=temperature&match[]=up{namespace="shop"}'],
      ['series?match[]={__name__=~"istio_request_duration.*",le=~"5|"}'],
      ['series?match[]=temperature&match[]={floor="0"}'],
      ['series?match[]=nothing'],
      ['labels?'],
      ['labels?match[]=temperature'],
      ['labels?match[]=istio_request_duration_milliseconds_bucket'],
      ['label/__name__/values?'],
      ['label/le/values?match[]=istio_request_duration_milliseconds_bucket'],
      ['label/response_code/values?'],
      ['label/missing/values?'],
    ])('lists %s as the real one does', async path => {
      const span = `&start=${seconds(10)}&end=${seconds(DATASET_SCRAPES)}`;
      const list = async (url: string) => {
        const response = await fetch(`${url}/api/v1/${path}${span}`);
        const { data } = (await response.json()) as { data: unknown[] };
        return data.map(one => JSON.stringify(canonical(one))).sort();
      };
      const expected = await list(real.url);
      expect(await list(facade.url)).toEqual(expected);
    });

    it.each(REFUSED_QUERIES.map(one => [one.query, one] as const))(
      'refuses %j as the real one does',
      async (query, one) => {
        const parameters = { query, time: INSTANTS[1] };
        const [mine, theirs] = await Promise.all([
          ask(facade.url, 'query', parameters),
          ask(real.url, 'query', parameters),
        ]);
        expect(theirs.answer.status).toBe(
          knows(version, one) ? 'error' : 'success',
        );
        expect([mine.http, mine.answer.errorType]).toEqual([
          theirs.http,
          theirs.answer.errorType,
        ]);
        const text = version[0] >= 3 && !one.otherText;
        expect(mine.answer.error).toBe((text ? theirs : mine).answer.error);
      },
    );
  },
);
