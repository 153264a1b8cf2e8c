import { serveFacade } from '../differential/serve-facade';
import { LOAD_START_MS, load } from './load';

const loaded = load(
  {
    'up{job="shop",instance="a"}': [1, 1, 1],
    'up{job="cart",instance="b"}': [0, 1, 0],
  },
  15_000,
  {
    externalLabels: { cluster: 'east', job: 'never' },
    targets: () => [
      {
        scrapePool: 'pods',
        scrapeUrl: 'http://10.0.0.1/metrics',
        labels: { job: 'shop' },
        health: 'up',
        lastScrapeMs: LOAD_START_MS,
        lastScrapeSeconds: 0.002,
      },
    ],
    rules: () => [
      {
        name: 'g',
        file: 'f.yaml',
        intervalMs: 15_000,
        rules: [
          { alert: 'Down', expr: 'up == 0' },
          { record: 'up:sum', expr: 'sum(up)' },
        ],
      },
    ],
  },
);

/** First sample, in seconds. */
export const START = LOAD_START_MS / 1000;
export const { prometheus, clock } = loaded;

let url = '';
let close = async () => {};

/** Fills in what `load` cannot, and serves the facade on loopback. */
export async function startServing(): Promise<void> {
  const { sink } = prometheus;
  sink.declare('latency', 'histogram', 'Line one\nline "two"', [0.5]);
  sink.openHistogram('latency', { path: 'C:\\x\n"y"' }).set([1, 2], 3.5);
  sink.scrape(clock.now() + 1000);
  clock.advance(1000);
  ({ url, close } = await serveFacade(prometheus.facade));
}

export function stopServing(): Promise<void> {
  return close();
}

/** Status, text and headers of an answer. */
export async function get(path: string, init?: RequestInit) {
  const response = await fetch(`${url}${path}`, init);
  const text = await response.text();
  return { status: response.status, text, headers: response.headers };
}

/** The data of a successful answer; throws what was answered otherwise. */
export async function data(path: string, init?: RequestInit): Promise<unknown> {
  const { status, text } = await get(path, init);
  if (status !== 200) throw new Error(`${status}: ${text}`);
  return JSON.parse(text).data;
}
