import type { Call } from '../promql/ast';
import { absent } from './absent';
import { CallArguments } from './call-arguments';
import type { EvaluationContext } from './context';
import type { Evaluate } from './evaluate';
import { histogramQuantile } from './histogram';
import { labelJoin, labelReplace } from './label-functions';
import { mapVector } from './map-vector';
import { MATH, clampBetween, roundTo } from './math';
import { callRangeFunction } from './range-call';
import { selectInstant } from './select-instant';
import { sortByLabel, sortByValue } from './sort';
import { TIME_PARTS } from './time-functions';
import { scalar, type Value, vector } from './values';
import { NO_LABELS } from './query-labels';
import { StepVector } from './vector';

function vectorOf(values: Float64Array): StepVector {
  const result = new StepVector(values.length, 1);
  const row = result.addRow(NO_LABELS);
  values.forEach((value, step) => result.set(row, step, value));
  return result;
}

/** scalar(): the only sample's value, NaN where there is none or more than one. */
function scalarOf(source: StepVector): Float64Array {
  const values = new Float64Array(source.steps).fill(NaN);
  const counts = new Uint32Array(source.steps);
  for (let row = 0; row < source.rows; row++) {
    for (let step = 0; step < source.steps; step++) {
      if (!source.has(row, step)) continue;
      counts[step] += 1;
      values[step] = counts[step] === 1 ? source.get(row, step) : NaN;
    }
  }
  return values;
}

async function timestamps(
  context: EvaluationContext,
  args: CallArguments,
): Promise<StepVector> {
  const expression = args.expression(0);
  if (expression.kind === 'vectorSelector') {
    return selectInstant(context, expression, 'timestamp');
  }
  const source = await args.vector(0);
  return mapVector(context, source, (_, step) => context.times[step] / 1000);
}

/** Evaluates a function call. */
export async function callFunction(
  context: EvaluationContext,
  call: Call,
  evaluate: Evaluate,
): Promise<Value> {
  const args = new CallArguments(context, call, evaluate);
  const seconds = () => context.times.map(time => time / 1000);
  const math = MATH.get(call.name);
  if (math) return vector(await mapVector(context, await args.vector(0), math));
  const timePart = TIME_PARTS.get(call.name);
  if (timePart) {
    const source = args.count > 0 ? await args.vector(0) : vectorOf(seconds());
    return vector(await mapVector(context, source, timePart));
  }
  switch (call.name) {
    case 'time':
      return scalar(seconds());
    case 'pi':
      return scalar(new Float64Array(context.times.length).fill(Math.PI));
    case 'vector':
      return vector(vectorOf(await args.scalar(0)));
    case 'scalar':
      return scalar(scalarOf(await args.vector(0)));
    case 'timestamp':
      return vector(await timestamps(context, args));
    case 'absent':
      return vector(absent(context, args.expression(0), await args.vector(0)));
    case 'sort':
      return vector(sortByValue(await args.vector(0), 'ascending'));
    case 'sort_desc':
      return vector(sortByValue(await args.vector(0), 'descending'));
    case 'sort_by_label':
    case 'sort_by_label_desc': {
      const names = Array.from({ length: args.count - 1 }, (_, index) =>
        args.text(index + 1),
      );
      const descending = call.name === 'sort_by_label_desc';
      return vector(
        sortByLabel(context, await args.vector(0), names, descending),
      );
    }
    case 'round': {
      const source = await args.vector(0);
      const nearest = args.count > 1 ? await args.scalar(1) : undefined;
      return vector(
        await mapVector(context, source, (value, step) =>
          roundTo(value, nearest ? nearest[step] : 1),
        ),
      );
    }
    case 'clamp':
    case 'clamp_min':
    case 'clamp_max': {
      const source = await args.vector(0);
      const bound = await args.scalar(1);
      const upper = call.name === 'clamp' ? await args.scalar(2) : bound;
      return vector(
        await mapVector(context, source, (value, step) =>
          clampBetween(
            value,
            call.name === 'clamp_max' ? -Infinity : bound[step],
            call.name === 'clamp_min' ? Infinity : upper[step],
          ),
        ),
      );
    }
    case 'histogram_quantile': {
      const quantiles = await args.scalar(0);
      return vector(
        await histogramQuantile(context, quantiles, await args.vector(1)),
      );
    }
    case 'histogram_count':
    case 'histogram_sum':
    case 'histogram_avg':
    case 'histogram_stddev':
    case 'histogram_stdvar':
      await args.vector(0);
      return vector(new StepVector(context.times.length, 0));
    case 'label_replace':
      return vector(
        await labelReplace(context, await args.vector(0), {
          target: args.text(1),
          replacement: args.text(2),
          source: args.text(3),
          pattern: args.text(4),
        }),
      );
    case 'label_join': {
      const sources = Array.from({ length: args.count - 3 }, (_, index) =>
        args.text(index + 3),
      );
      return vector(
        await labelJoin(
          context,
          await args.vector(0),
          args.text(1),
          args.text(2),
          sources,
        ),
      );
    }
    default:
      return vector(
        await callRangeFunction(context, call.name, args, evaluate),
      );
  }
}
