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
import type { DifferentialCase } from './queries';
import { type PrometheusPrograms, startPrometheus } from './real-prometheus';
import { serveFacade } from './serve-facade';

/** An answer of the HTTP API. */
export interface Answer {
  status: 'success' | 'error';
  data: QueryData;
  errorType?: string;
  error?: string;
}

export type Endpoint = 'query' | 'query_range';

/** Asks one server by a POSTed form. */
export async function ask(
  url: string,
  endpoint: Endpoint,
  parameters: Record<string, string>,
): Promise<{ http: number; answer: Answer }> {
  const response = await fetch(`${url}/api/v1/${endpoint}`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
  });
  return { http: response.status, answer: (await response.json()) as Answer };
}

/** Unix seconds of a scrape of the data set, or of a moment after it. */
export function seconds(column: number, extraMs = 0): string {
  return String((scrapeTime(column) + extraMs) / 1000);
}

/** A range that hits scrapes and gaps between them. */
export const RANGE = {
  start: seconds(20, 1700),
  end: seconds(470),
  step: '61',
};

/** The facade and a real Prometheus over the same samples. */
export interface Pair {
  facadeUrl: string;
  realUrl: string;
  stop(): Promise<void>;
}

export async function startPair(programs: PrometheusPrograms): Promise<Pair> {
  const dataset = createDataset();
  const real = await startPrometheus(programs, toOpenMetrics(dataset));
  const ours = createPrometheus({
    clock: new ManualClock(scrapeTime(DATASET_SCRAPES)),
    scrapeIntervalMs: DATASET_INTERVAL_MS,
    retentionMs: DATASET_SCRAPES * DATASET_INTERVAL_MS,
    dialect: programs.version[0] < 3 ? 2 : 3,
  });
  feedDataset(dataset, ours.sink);
  const facade = await serveFacade(ours.facade);
  return {
    facadeUrl: facade.url,
    realUrl: real.url,
    stop: async () => {
      await real.stop();
      await facade.close();
    },
  };
}

/** How two answers differ; undefined where they are equal, or refuse alike. */
export async function difference(
  pair: Pair,
  one: DifferentialCase,
  endpoint: Endpoint,
  parameters: Record<string, string>,
): Promise<string | undefined> {
  const all = { ...parameters, query: one.query };
  const [mine, theirs] = await Promise.all([
    ask(pair.facadeUrl, endpoint, all),
    ask(pair.realUrl, endpoint, all),
  ]);
  if (mine.answer.errorType !== theirs.answer.errorType) {
    const texts = [mine, theirs].map(each => JSON.stringify(each.answer));
    return texts.join(', real ');
  }
  if (mine.answer.status === 'error') return undefined;
  return firstDifference(mine.answer.data, theirs.answer.data, {
    ...one,
    ordered: one.ordered && endpoint === 'query',
  });
}
