import type { Engine } from './engine/engine';

/** Values of an instant query: that of a scalar, or those of a vector's series in order. */
export interface InstantValues {
  type: 'scalar' | 'vector';
  values: number[];
}

/**
 * Evaluates a query at one instant and leaves its labels out.
 *
 * @throws Error when the query is wrong, or gives neither a scalar nor a vector
 */
export async function instantValues(
  engine: Engine,
  query: string,
  timeMs: number,
): Promise<InstantValues> {
  const { value } = await engine.instant(query, timeMs);
  if (value.type === 'scalar') {
    return { type: 'scalar', values: [value.values[0]] };
  }
  if (value.type !== 'vector') {
    throw new Error(`expected a scalar or a vector, got a ${value.type}`);
  }
  const { vector } = value;
  const values: number[] = [];
  for (let row = 0; row < vector.rows; row++) {
    if (vector.has(row, 0)) values.push(vector.get(row, 0));
  }
  return { type: 'vector', values };
}
