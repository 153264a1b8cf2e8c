/** The `data` of a successful query answer. */
export interface QueryData {
  resultType: string;
  result: unknown;
}

/** One series or scalar of an answer, ready to compare. */
interface Entry {
  key: string;
  /** [seconds, value] pairs. */
  samples: [number, number][];
}

interface WireSeries {
  metric: Record<string, string>;
  value?: [number, string];
  values?: [number, string][];
}

function numberOf(text: string): number {
  if (text === '+Inf') return Infinity;
  return text === '-Inf' ? -Infinity : Number(text);
}

function keyOf(metric: Record<string, string>): string {
  return JSON.stringify(Object.entries(metric).sort());
}

function entriesOf(data: QueryData): Entry[] {
  if (data.resultType === 'scalar' || data.resultType === 'string') {
    const [time, value] = data.result as [number, string];
    return [{ key: data.resultType, samples: [[time, numberOf(value)]] }];
  }
  return (data.result as WireSeries[]).map(series => ({
    key: keyOf(series.metric),
    samples: (series.values ?? (series.value ? [series.value] : [])).map(
      ([time, value]) => [time, numberOf(value)],
    ),
  }));
}

/** Relative difference above which two values count as different. */
const TOLERANCE = 1e-9;

function same(left: number, right: number): boolean {
  if (Object.is(left, right) || left === right) return true;
  if (Number.isNaN(left) && Number.isNaN(right)) return true;
  const scale = Math.max(Math.abs(left), Math.abs(right));
  return Math.abs(left - right) <= TOLERANCE * scale + 1e-15;
}

function sampleDifference(ours: Entry, theirs: Entry): string | undefined {
  if (ours.samples.length !== theirs.samples.length) {
    return `${ours.key}: ${ours.samples.length} samples, real ${theirs.samples.length}`;
  }
  for (let index = 0; index < ours.samples.length; index++) {
    const [time, value] = ours.samples[index];
    const [realTime, realValue] = theirs.samples[index];
    if (time !== realTime || !same(value, realValue)) {
      return `${ours.key}: ${value} at ${time}, real ${realValue} at ${realTime}`;
    }
  }
  return undefined;
}

/** The first difference between two answers, or undefined where they agree. */
export function firstDifference(
  ours: QueryData,
  theirs: QueryData,
  options: { ordered?: boolean; valuesOnly?: boolean } = {},
): string | undefined {
  if (ours.resultType !== theirs.resultType) {
    return `result type ${ours.resultType}, real ${theirs.resultType}`;
  }
  const mine = entriesOf(ours);
  const real = entriesOf(theirs);
  if (mine.length !== real.length) {
    return `${mine.length} series, real ${real.length}: ${mine.map(
      one => one.key,
    )} | ${real.map(one => one.key)}`;
  }
  if (options.valuesOnly) return undefined;
  if (!options.ordered) {
    const byKey = (a: Entry, b: Entry) => (a.key < b.key ? -1 : 1);
    mine.sort(byKey);
    real.sort(byKey);
  }
  for (let index = 0; index < mine.length; index++) {
    if (mine[index].key !== real[index].key) {
      return `series ${mine[index].key}, real ${real[index].key}`;
    }
    const difference = sampleDifference(mine[index], real[index]);
    if (difference) return difference;
  }
  return undefined;
}
