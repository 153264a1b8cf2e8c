import type { StepVector } from './vector';

/** What an expression gives: scalars and vectors at every step. */
export type Value =
  | { type: 'scalar'; values: Float64Array }
  | { type: 'vector'; vector: StepVector }
  | { type: 'string'; value: string };

export function scalar(values: Float64Array): Value {
  return { type: 'scalar', values };
}

export function vector(result: StepVector): Value {
  return { type: 'vector', vector: result };
}
