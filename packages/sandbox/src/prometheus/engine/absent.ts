import type { Expression } from '../promql/ast';
import { ExecutionError } from '../promql/errors';
import type { LabelMatcher } from '../storage';
import type { EvaluationContext } from './context';
import type { Evaluate } from './evaluate';
import { type LabelSet, NO_LABELS } from './query-labels';
import { StepVector } from './vector';
import { forEachWindowed } from './windows';

function matchersOf(expression: Expression): readonly LabelMatcher[] {
  if (expression.kind === 'vectorSelector') return expression.matchers;
  if (expression.kind === 'matrixSelector') return expression.vector.matchers;
  return [];
}

/** Labels that the missing series would have had: those asked for by exactly one `=`. */
function labelsOfAbsent(
  context: EvaluationContext,
  expression: Expression,
): LabelSet {
  const matchers = matchersOf(expression).filter(
    one => one.name !== '__name__',
  );
  let labels = NO_LABELS;
  for (const { name, operator, value } of matchers) {
    const once = matchers.filter(other => other.name === name).length === 1;
    if (operator === '=' && once) {
      labels = context.labels.with(labels, name, value);
    }
  }
  return labels;
}

function onesWhereNot(
  context: EvaluationContext,
  present: Uint8Array,
  expression: Expression,
): StepVector {
  const result = new StepVector(present.length, 1);
  if (present.every(Boolean)) return result;
  const row = result.addRow(labelsOfAbsent(context, expression));
  present.forEach((there, step) => {
    if (!there) result.set(row, step, 1);
  });
  return result;
}

/** absent(): 1 at every step at which the vector is empty. */
export function absent(
  context: EvaluationContext,
  expression: Expression,
  source: StepVector,
): StepVector {
  const present = new Uint8Array(source.steps);
  for (let row = 0; row < source.rows; row++) {
    for (let step = 0; step < source.steps; step++) {
      if (source.has(row, step)) present[step] = 1;
    }
  }
  return onesWhereNot(context, present, expression);
}

/** absent_over_time(): 1 at every step whose window holds no sample at all. */
export async function absentOverTime(
  context: EvaluationContext,
  expression: Expression,
  evaluate: Evaluate,
): Promise<StepVector> {
  if (expression.kind !== 'matrixSelector' && expression.kind !== 'subquery') {
    throw new ExecutionError('absent_over_time takes a range vector');
  }
  const present = new Uint8Array(context.times.length);
  await forEachWindowed(context, expression, evaluate, (_, windowAt) => {
    for (let step = 0; step < present.length; step++) {
      const window = windowAt(step);
      if (window.from < window.to) present[step] = 1;
    }
  });
  return onesWhereNot(context, present, expression);
}
