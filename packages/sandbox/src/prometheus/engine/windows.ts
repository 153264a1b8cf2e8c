import type { SampleBuffer } from '../memory/window-reader';
import type { MatrixSelector, Subquery, TimeShift } from '../promql/ast';
import { type EvaluationContext, shiftedTime } from './context';
import type { Evaluate } from './evaluate';
import type { LabelSet } from './query-labels';
import { readSeries } from './read-series';
import { SampleBuffer as Buffer } from '../memory/window-reader';

/**
 * Samples [from, to) of one series that lie in the window of one step.
 * One object serves all windows in turn.
 */
export interface Window {
  times: Float64Array;
  values: Float64Array;
  from: number;
  to: number;
  /** Bounds of the window, milliseconds. */
  startMs: number;
  endMs: number;
  /** The step's own instant, without offset. */
  evaluationMs: number;
}

/** Called once per series; `window(step)` moves to the window of a step. */
export type WindowVisitor = (
  labels: (withName: boolean) => LabelSet,
  window: (step: number) => Window,
) => void;

/** The bounds of every step's window. */
class Bounds {
  readonly ends: Float64Array;
  readonly #context: EvaluationContext;
  readonly #rangeMs: number;

  constructor(context: EvaluationContext, shift: TimeShift, rangeMs: number) {
    this.#context = context;
    this.#rangeMs = rangeMs;
    this.ends = context.times.map(time => shiftedTime(context, shift, time));
  }

  get fromMs(): number {
    return this.ends[0] - this.#rangeMs;
  }

  get toMs(): number {
    return this.ends[this.ends.length - 1];
  }

  /** A window that moves forward over one series' samples. */
  slide(samples: SampleBuffer): (step: number) => Window {
    const { dialect, times } = this.#context;
    const window: Window = {
      times: samples.times,
      values: samples.values,
      from: 0,
      to: 0,
      startMs: 0,
      endMs: 0,
      evaluationMs: 0,
    };
    return step => {
      window.endMs = this.ends[step];
      window.startMs = window.endMs - this.#rangeMs;
      window.evaluationMs = times[step];
      const { length } = samples;
      while (window.to < length && samples.times[window.to] <= window.endMs) {
        window.to += 1;
      }
      const outside = (time: number) =>
        dialect === 2 ? time < window.startMs : time <= window.startMs;
      while (window.from < window.to && outside(samples.times[window.from])) {
        window.from += 1;
      }
      return window;
    };
  }
}

async function overSelector(
  context: EvaluationContext,
  selector: MatrixSelector,
  visit: WindowVisitor,
): Promise<void> {
  const { shift, matchers } = selector.vector;
  const bounds = new Bounds(context, shift, selector.rangeMs);
  const span = {
    fromMs: bounds.fromMs,
    toMs: bounds.toMs,
    latestOnly: false,
  };
  await readSeries(context, matchers, span, (labels, samples) => {
    samples.dropStale();
    if (samples.length > 0) visit(labels, bounds.slide(samples));
  });
}

/** Instants of a subquery: multiples of its step that lie in any of its windows. */
function subqueryTimes(
  context: EvaluationContext,
  bounds: Bounds,
  stepMs: number,
): Float64Array {
  let first = Math.floor(bounds.fromMs / stepMs) * stepMs;
  const outside =
    context.dialect === 2 ? first < bounds.fromMs : first <= bounds.fromMs;
  if (outside) first += stepMs;
  const count = Math.max(0, Math.floor((bounds.toMs - first) / stepMs) + 1);
  return Float64Array.from(
    { length: count },
    (_, index) => first + index * stepMs,
  );
}

async function overSubquery(
  context: EvaluationContext,
  subquery: Subquery,
  evaluate: Evaluate,
  visit: WindowVisitor,
): Promise<void> {
  const bounds = new Bounds(context, subquery.shift, subquery.rangeMs);
  const stepMs = subquery.stepMs ?? context.defaultStepMs;
  const times = subqueryTimes(context, bounds, stepMs);
  if (times.length === 0) return;
  const inner = await evaluate(
    { ...context, times, stepMs },
    subquery.expression,
  );
  if (inner.type !== 'vector') return;
  const { vector } = inner;
  const samples = new Buffer();
  for (let row = 0; row < vector.rows; row++) {
    samples.clear();
    for (let step = 0; step < times.length; step++) {
      if (vector.has(row, step)) {
        samples.push(times[step], vector.get(row, step), false);
      }
    }
    const withName = vector.labels[row];
    visit(
      keep => (keep ? withName : context.labels.dropName(withName)),
      bounds.slide(samples),
    );
    if (context.pacer.spend(times.length)) await context.pacer.pause();
  }
}

/** Visits every series of a range vector with its windows. */
export async function forEachWindowed(
  context: EvaluationContext,
  expression: MatrixSelector | Subquery,
  evaluate: Evaluate,
  visit: WindowVisitor,
): Promise<void> {
  if (expression.kind === 'matrixSelector') {
    await overSelector(context, expression, visit);
  } else {
    await overSubquery(context, expression, evaluate, visit);
  }
}
