import { planPast } from '../memory/past-plan';
import type { VectorSelector } from '../promql/ast';
import { type EvaluationContext, shiftedTime } from './context';
import { readSeries } from './read-series';
import { type RowSink, vectorSink } from './row-sink';
import { StepVector } from './vector';

/** What an instant selector gives: each sample's value, or the instant it was taken (seconds). */
export type SampleProperty = 'value' | 'timestamp';

/**
 * The newest sample of every selected series within the lookback, at every
 * step; none where that sample is a staleness marker.
 */
export async function streamInstant(
  context: EvaluationContext,
  selector: VectorSelector,
  property: SampleProperty,
  sink: RowSink,
): Promise<void> {
  const { storage, times, lookbackMs, dialect } = context;
  const shifted = times.map(time => shiftedTime(context, selector.shift, time));
  const span = {
    fromMs: shifted[0] - lookbackMs,
    toMs: shifted[shifted.length - 1],
    latestOnly: shifted.length === 1,
    pastTimes: planPast(
      { ends: shifted, rangeMs: lookbackMs, startIncluded: dialect === 2 },
      'latest',
      storage.options.historyStepMs,
    ),
  };
  await readSeries(context, selector.matchers, span, (labels, samples) => {
    let row = -1;
    let next = 0;
    for (let step = 0; step < shifted.length; step++) {
      const time = shifted[step];
      while (next < samples.length && samples.times[next] <= time) next += 1;
      const index = next - 1;
      if (index < 0 || samples.stale[index] === 1) continue;
      const age = time - samples.times[index];
      if (dialect === 2 ? age > lookbackMs : age >= lookbackMs) continue;
      const value =
        property === 'value'
          ? samples.values[index]
          : samples.times[index] / 1000;
      if (row < 0) row = sink.open(labels(property === 'value'));
      sink.set(row, step, value);
    }
  });
}

/** The same as a vector. */
export async function selectInstant(
  context: EvaluationContext,
  selector: VectorSelector,
  property: SampleProperty = 'value',
): Promise<StepVector> {
  const result = new StepVector(context.times.length);
  await streamInstant(context, selector, property, vectorSink(result));
  return result;
}
