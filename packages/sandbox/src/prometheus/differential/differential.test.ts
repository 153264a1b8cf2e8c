import { DATASET_SCRAPES } from './dataset';
import {
  type Pair,
  RANGE,
  ask,
  difference,
  seconds,
  startPair,
} from './harness';
import { DIFFERENTIAL_QUERIES } from './queries';
import { randomQueries } from './random-queries';
import { REFUSED_QUERIES } from './refused-queries';
import { knows } from './version';
import { findPrometheus } from './real-prometheus';

/** On a scrape, between two, and near both ends of the data. */
const INSTANTS = [
  seconds(400),
  seconds(433, 2345),
  seconds(30, 1),
  seconds(DATASET_SCRAPES - 1, 90_000),
];

/** An object with its keys in order, so that two texts of it are equal. */
function canonical(value: unknown): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).sort()
    : value;
}

const installed = findPrometheus();
const suite = installed ? describe : describe.skip;

suite(
  'PromQL answers equal a real Prometheus (needs `prometheus` and `promtool` in PATH or $PROMETHEUS; Debian: apt-get install prometheus)',
  () => {
    if (!installed) {
      // One skipped test stands for all of them.
      it('is installed', () => expect(installed).toBeDefined());
      return;
    }
    const programs = installed;
    const { version } = programs;
    /** What the installed release can judge. */
    const comparable = DIFFERENTIAL_QUERIES.filter(one => knows(version, one));
    /** 2.x prints large numbers with an exponent; ours prints them as 3.x does. */
    const printable = comparable.filter(
      one => version[0] >= 3 || !/\d{7,}|\de\d/.test(one.query),
    );
    let pair: Pair;

    beforeAll(async () => {
      pair = await startPair(programs);
    }, 60_000);

    afterAll(() => pair?.stop());

    it('asks at least 200 queries', () => {
      expect(comparable.length).toBeGreaterThanOrEqual(200);
    });

    it.each(comparable.map(one => [one.query, one] as const))(
      '%s',
      async (query, one) => {
        for (const time of INSTANTS) {
          const found = await difference(pair, one, 'query', { time });
          expect([time, found]).toEqual([time, undefined]);
        }
        expect(
          await difference(pair, one, 'query_range', RANGE),
        ).toBeUndefined();
        const { answer } = await ask(pair.facadeUrl, 'query', {
          query,
          time: INSTANTS[1],
        });
        expect(answer.status).toBe('success');
      },
    );

    it.each([1, 2, 3, 4])(
      'a hundred queries composed at random, seed %d',
      async seed => {
        for (const query of randomQueries(seed, 100)) {
          const one = { query };
          const time = INSTANTS[1];
          const instant = await difference(pair, one, 'query', { time });
          expect([query, instant]).toEqual([query, undefined]);
          const range = await difference(pair, one, 'query_range', RANGE);
          expect([query, range]).toEqual([query, undefined]);
        }
      },
      60_000,
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
        expect(await format(pair.facadeUrl)).toEqual(
          await format(pair.realUrl),
        );
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
      const expected = await list(pair.realUrl);
      expect(await list(pair.facadeUrl)).toEqual(expected);
    });

    it.each(REFUSED_QUERIES.map(one => [one.query, one] as const))(
      'refuses %j as the real one does',
      async (query, one) => {
        const parameters = { query, time: INSTANTS[1] };
        const mine = await ask(pair.facadeUrl, 'query', parameters);
        const theirs = await ask(pair.realUrl, 'query', parameters);
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
