import type { Expression, MatrixSelector, Subquery } from '../promql/ast';
import { ExecutionError } from '../promql/errors';
import { absentOverTime } from './absent';
import type { EvaluationContext } from './context';
import type { Evaluate } from './evaluate';
import { requireDistinct } from './map-vector';
import { OVER_TIME, quantileOverTime } from './over-time';
import { extrapolated, instantaneous } from './rate';
import { doubleExponentialSmoothing, linearRegression } from './regression';
import { type RowSink, vectorSink } from './row-sink';
import { StepVector } from './vector';
import { forEachWindowed, type Window } from './windows';

/** The arguments of a call, as far as range functions need them. */
export interface RangeArguments {
  expression(index: number): Expression;
  scalar(index: number): Promise<Float64Array>;
}

type StepFunction = (window: Window, step: number) => number | undefined;

/** Functions that look at nothing between the first and the last sample of a counter that never fell. */
const NEEDS_EDGES = new Set(['rate', 'increase', 'delta']);

const KEEPS_NAME = new Set(['last_over_time', 'first_over_time']);

function requireFactor(name: string, value: number): void {
  if (value <= 0 || value >= 1) {
    throw new ExecutionError(
      `invalid ${name} factor. Expected: 0 < ${
        name === 'smoothing' ? 's' : 't'
      }f < 1, got: ${value.toFixed(6)}`,
    );
  }
}

/** The function to apply per window, and the place of the range vector among the arguments. */
async function resolve(
  context: EvaluationContext,
  name: string,
  args: RangeArguments,
): Promise<{ apply: StepFunction; place: number }> {
  const simple = OVER_TIME.get(name);
  if (simple) return { apply: simple, place: 0 };
  switch (name) {
    case 'rate':
    case 'increase':
    case 'delta':
      return {
        apply: window => extrapolated(window, name, context.dialect),
        place: 0,
      };
    case 'irate':
    case 'idelta':
      return { apply: window => instantaneous(window, name), place: 0 };
    case 'deriv':
      return {
        apply: window =>
          window.to - window.from < 2
            ? undefined
            : linearRegression(window, window.times[window.from]).slope,
        place: 0,
      };
    case 'predict_linear': {
      const ahead = await args.scalar(1);
      return {
        apply: (window, step) => {
          if (window.to - window.from < 2) return undefined;
          const line = linearRegression(window, window.evaluationMs);
          return line.slope * ahead[step] + line.intercept;
        },
        place: 0,
      };
    }
    case 'quantile_over_time': {
      const quantile = await args.scalar(0);
      return {
        apply: (window, step) => quantileOverTime(quantile[step], window),
        place: 1,
      };
    }
    case 'double_exponential_smoothing':
    case 'holt_winters': {
      const smoothing = await args.scalar(1);
      const trend = await args.scalar(2);
      return {
        apply: (window, step) => {
          requireFactor('smoothing', smoothing[step]);
          requireFactor('trend', trend[step]);
          return doubleExponentialSmoothing(
            window,
            smoothing[step],
            trend[step],
          );
        },
        place: 0,
      };
    }
    default:
      throw new ExecutionError(`unknown function with name "${name}"`);
  }
}

/** Whether all series of an expression have one metric name, so that dropping it makes no two equal. */
function hasOneName(expression: MatrixSelector | Subquery): boolean {
  return (
    expression.kind === 'matrixSelector' &&
    expression.vector.matchers.some(
      one => one.name === '__name__' && one.operator === '=',
    )
  );
}

/** A range function ready to run over its range vector. */
export interface PreparedRangeCall {
  /** No two rows it gives can have equal labels. */
  distinct: boolean;
  stream(sink: RowSink): Promise<void>;
}

/** Evaluates the scalar arguments of a range function, and checks the others. */
export async function prepareRangeCall(
  context: EvaluationContext,
  name: string,
  args: RangeArguments,
  evaluate: Evaluate,
): Promise<PreparedRangeCall> {
  const { apply, place } = await resolve(context, name, args);
  const expression = args.expression(place);
  if (expression.kind !== 'matrixSelector' && expression.kind !== 'subquery') {
    throw new ExecutionError(`${name} takes a range vector`);
  }
  const keepsName = KEEPS_NAME.has(name);
  const steps = context.times.length;
  return {
    distinct: keepsName || hasOneName(expression),
    stream: sink =>
      forEachWindowed(
        context,
        expression,
        evaluate,
        (labels, windowAt) => {
          let row = -1;
          for (let step = 0; step < steps; step++) {
            const window = windowAt(step);
            if (window.from >= window.to) continue;
            const value = apply(window, step);
            if (value === undefined) continue;
            if (row < 0) row = sink.open(labels(keepsName));
            sink.set(row, step, value);
          }
        },
        NEEDS_EDGES.has(name) ? 'edges' : 'all',
      ),
  };
}

/** Applies a function of a range vector to every window of every series. */
export async function callRangeFunction(
  context: EvaluationContext,
  name: string,
  args: RangeArguments,
  evaluate: Evaluate,
): Promise<StepVector> {
  if (name === 'absent_over_time') {
    return absentOverTime(context, args.expression(0), evaluate);
  }
  const call = await prepareRangeCall(context, name, args, evaluate);
  const result = new StepVector(context.times.length);
  await call.stream(vectorSink(result));
  return call.distinct ? result : requireDistinct(context, result);
}
