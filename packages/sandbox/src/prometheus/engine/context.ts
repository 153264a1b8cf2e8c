import type { MemoryStorage } from '../memory/memory-storage';
import type { TimeShift } from '../promql/ast';
import type { Dialect } from '../promql/dialect';
import type { Pacer } from './pacer';
import type { QueryLabels } from './query-labels';

/** Everything an expression is evaluated against. */
export interface EvaluationContext {
  storage: MemoryStorage;
  labels: QueryLabels;
  pacer: Pacer;
  dialect: Dialect;
  /** How far back an instant selector looks for a sample. */
  lookbackMs: number;
  /** First and last instant of the whole query, which `@ start()` and `@ end()` mean. */
  queryStartMs: number;
  queryEndMs: number;
  /** Step of a subquery that names none. */
  defaultStepMs: number;
  /** Instants to evaluate at, ascending. */
  times: Float64Array;
  /** Distance between them. */
  stepMs: number;
}

/** The instant a selector or subquery looks from at one evaluation time. */
export function shiftedTime(
  context: EvaluationContext,
  shift: TimeShift,
  evaluationMs: number,
): number {
  let base = evaluationMs;
  if (shift.at === 'start') base = context.queryStartMs;
  else if (shift.at === 'end') base = context.queryEndMs;
  else if (shift.at !== undefined) base = shift.at;
  return base - shift.offsetMs;
}
