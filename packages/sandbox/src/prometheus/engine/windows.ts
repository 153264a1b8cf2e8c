import { type PastNeed, planPast } from '../memory/past-plan';
import { SampleBuffer } from '../memory/sample-buffer';
import type { MatrixSelector, Subquery, TimeShift } from '../promql/ast';
import { type EvaluationContext, shiftedTime } from './context';
import type { Evaluate } from './evaluate';
import { type LabelsOf, readSeries } from './read-series';

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

/** Called once per series; `windowAt(step)` moves to the window of a step. */
export type WindowVisitor = (
  labels: LabelsOf,
  windowAt: (step: number) => Window,
) => void;

/** The windows of every step, slid over one series after another. */
class Windows {
  readonly ends: Float64Array;
  readonly #context: EvaluationContext;
  readonly #rangeMs: number;
  /** What lies less than this after a window's start is outside of it. */
  readonly #openness: number;
  #samples = new SampleBuffer();
  readonly #window: Window = {
    times: this.#samples.times,
    values: this.#samples.values,
    from: 0,
    to: 0,
    startMs: 0,
    endMs: 0,
    evaluationMs: 0,
  };

  constructor(context: EvaluationContext, shift: TimeShift, rangeMs: number) {
    this.#context = context;
    // Instants are whole milliseconds: leaving the start out means starting 1 ms later.
    this.#openness = context.dialect === 2 ? 0 : 1;
    this.#rangeMs = rangeMs;
    this.ends = context.times.map(time => shiftedTime(context, shift, time));
  }

  get fromMs(): number {
    return this.ends[0] - this.#rangeMs;
  }

  get toMs(): number {
    return this.ends[this.ends.length - 1];
  }

  /** Starts anew with the samples of another series. */
  begin(samples: SampleBuffer): void {
    this.#samples = samples;
    this.#window.times = samples.times;
    this.#window.values = samples.values;
    this.#window.from = 0;
    this.#window.to = 0;
  }

  /** Moves to the window of a step; steps may only be asked for in order. */
  readonly windowAt = (step: number): Window => {
    const window = this.#window;
    const { times, length } = this.#samples;
    window.endMs = this.ends[step];
    window.startMs = window.endMs - this.#rangeMs;
    window.evaluationMs = this.#context.times[step];
    while (window.to < length && times[window.to] <= window.endMs) {
      window.to += 1;
    }
    const first = window.startMs + this.#openness;
    while (window.from < window.to && times[window.from] < first) {
      window.from += 1;
    }
    return window;
  };
}

async function overSelector(
  context: EvaluationContext,
  selector: MatrixSelector,
  need: PastNeed,
  visit: WindowVisitor,
): Promise<void> {
  const { shift, matchers } = selector.vector;
  const windows = new Windows(context, shift, selector.rangeMs);
  const span = {
    fromMs: windows.fromMs,
    toMs: windows.toMs,
    latestOnly: false,
    pastTimes: planPast(
      {
        ends: windows.ends,
        rangeMs: selector.rangeMs,
        startIncluded: context.dialect === 2,
      },
      need,
      context.storage.options.historyStepMs,
    ),
  };
  await readSeries(context, matchers, span, (labels, samples) => {
    samples.dropStale();
    if (samples.length === 0) return;
    windows.begin(samples);
    visit(labels, windows.windowAt);
  });
}

/** Instants of a subquery: multiples of its step that lie in any of its windows. */
function subqueryTimes(
  context: EvaluationContext,
  windows: Windows,
  stepMs: number,
): Float64Array {
  let first = Math.floor(windows.fromMs / stepMs) * stepMs;
  const outside =
    context.dialect === 2 ? first < windows.fromMs : first <= windows.fromMs;
  if (outside) first += stepMs;
  const count = Math.max(0, Math.floor((windows.toMs - first) / stepMs) + 1);
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
  const windows = new Windows(context, subquery.shift, subquery.rangeMs);
  const stepMs = subquery.stepMs ?? context.defaultStepMs;
  const times = subqueryTimes(context, windows, stepMs);
  if (times.length === 0) return;
  const inner = await evaluate(
    { ...context, times, stepMs },
    subquery.expression,
  );
  if (inner.type !== 'vector') return;
  const { vector } = inner;
  const samples = new SampleBuffer();
  for (let row = 0; row < vector.rows; row++) {
    samples.clear();
    for (let step = 0; step < times.length; step++) {
      if (vector.has(row, step)) {
        samples.push(times[step], vector.get(row, step), false);
      }
    }
    const withName = vector.labels[row];
    windows.begin(samples);
    visit(
      keep => (keep ? withName : context.labels.dropName(withName)),
      windows.windowAt,
    );
    if (context.pacer.spend(times.length)) await context.pacer.pause();
  }
}

/**
 * Visits every series of a range vector with its windows.
 *
 * @param need - which samples of the past the visitor looks at
 */
export async function forEachWindowed(
  context: EvaluationContext,
  expression: MatrixSelector | Subquery,
  evaluate: Evaluate,
  visit: WindowVisitor,
  need: PastNeed = 'all',
): Promise<void> {
  if (expression.kind === 'matrixSelector') {
    await overSelector(context, expression, need, visit);
  } else {
    await overSubquery(context, expression, evaluate, visit);
  }
}
