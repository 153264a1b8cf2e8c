import { ManualClock } from '../../clock';
import {
  type Prometheus,
  type PrometheusOptions,
  createPrometheus,
} from '../index';
import { parseQuery } from '../promql/parse';
import type { Labels } from '../storage';

/** Instant of the first sample: a multiple of an hour, so that grids are easy to reckon. */
export const LOAD_START_MS = 1_700_002_800_000;

/** A loaded Prometheus and ways to ask it. */
export interface Loaded {
  prometheus: Prometheus;
  clock: ManualClock;
  /** Result of an instant query as `{labels} -> value`; time in seconds after the first sample. */
  ask(query: string, seconds?: number): Promise<Record<string, number>>;
}

/** The name and labels of a series written as a selector, such as `x{a="b"}`. */
function parseSeries(text: string): { name: string; labels: Labels } {
  const expression = parseQuery(text);
  if (expression.kind !== 'vectorSelector')
    throw new Error(`${text} is no series`);
  const labels: Record<string, string> = {};
  for (const { name, value } of expression.matchers) labels[name] = value;
  const { __name__: name, ...rest } = labels;
  return { name, labels: rest };
}

/** A label set as one line of text, names sorted. */
export function labelsText(labels: Labels): string {
  const pairs = Object.keys(labels)
    .sort()
    .map(name => `${name}="${labels[name]}"`);
  return `{${pairs.join(',')}}`;
}

/**
 * Loads series of gauges with one sample per interval. `undefined` ends a
 * series (or, at the beginning, has it begin later); the clock stands at the
 * last sample.
 */
export function load(
  series: Record<string, readonly (number | undefined)[]>,
  intervalMs = 15_000,
  options: Partial<PrometheusOptions> = {},
): Loaded {
  const clock = new ManualClock(LOAD_START_MS);
  const columns = Math.max(...Object.values(series).map(one => one.length));
  const prometheus = createPrometheus({
    clock,
    scrapeIntervalMs: intervalMs,
    retentionMs: (columns + 1) * intervalMs,
    ...options,
  });
  const { sink } = prometheus;
  const writers = new Map<string, ReturnType<typeof sink.open>>();
  for (let column = 0; column < columns; column++) {
    for (const [text, values] of Object.entries(series)) {
      const { name, labels } = parseSeries(text);
      const value = values[column];
      if (value === undefined) {
        writers.get(text)?.end();
        writers.delete(text);
        continue;
      }
      sink.declare(name, 'gauge', name);
      const writer = writers.get(text) ?? sink.open(name, labels);
      writers.set(text, writer);
      writer.set(value);
    }
    sink.scrape(LOAD_START_MS + column * intervalMs);
  }
  clock.advance((columns - 1) * intervalMs);
  const ask = async (query: string, seconds?: number) => {
    const time =
      seconds === undefined ? clock.now() : LOAD_START_MS + seconds * 1000;
    const { value, labels } = await prometheus.engine.instant(query, time);
    if (value.type === 'scalar') return { scalar: value.values[0] };
    if (value.type !== 'vector')
      throw new Error(`${query} gives a ${value.type}`);
    return Object.fromEntries(
      value.vector.labels.map((set, row) => [
        labelsText(labels.toRecord(set)),
        value.vector.get(row, 0),
      ]),
    );
  };
  return { prometheus, clock, ask };
}
