/**
 * The release line of Prometheus whose answers are given where 2.x and 3.x
 * differ. In 2.x a window includes a sample exactly at its start; since 3.0
 * it does not. The extrapolation of rate() near the start of a counter also
 * changed, label names became free, and holt_winters got another name.
 */
export type Dialect = 2 | 3;

/** Whether a text may name a label: anything since 3.0, a plain identifier before. */
export function isLabelName(name: string, dialect: Dialect): boolean {
  return dialect === 2 ? /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) : name !== '';
}
