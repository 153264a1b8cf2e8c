import type { EvaluationContext } from './context';
import { StepVector } from './vector';

function reordered(
  source: StepVector,
  order: (left: number, right: number) => number,
): StepVector {
  const rows = source.labels.map((_, row) => row).sort(order);
  const result = new StepVector(source.steps, rows.length);
  for (const row of rows) {
    const target = result.addRow(source.labels[row]);
    for (let step = 0; step < source.steps; step++) {
      if (source.has(row, step)) {
        result.set(target, step, source.get(row, step));
      }
    }
  }
  return result;
}

/** Compares values with NaN last in both directions, as Prometheus sorts. */
function compareValues(left: number, right: number): number {
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : 1;
  if (Number.isNaN(right)) return -1;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** sort() and sort_desc(). They order instant queries only: a range query's result has its own order. */
export function sortByValue(
  source: StepVector,
  direction: 'ascending' | 'descending',
): StepVector {
  if (source.steps !== 1) return source;
  return reordered(source, (left, right) => {
    const a = source.get(left, 0);
    const b = source.get(right, 0);
    if (Number.isNaN(a) || Number.isNaN(b)) return compareValues(a, b);
    return direction === 'ascending'
      ? compareValues(a, b)
      : compareValues(b, a);
  });
}

/** Text order in which runs of digits compare as numbers, so that pod-2 stands before pod-10. */
const natural = new Intl.Collator('en', { numeric: true });

/** sort_by_label() and its descending twin, for instant queries. */
export function sortByLabel(
  context: EvaluationContext,
  source: StepVector,
  names: readonly string[],
  descending: boolean,
): StepVector {
  if (source.steps !== 1) return source;
  const { labels } = context;
  return reordered(source, (left, right) => {
    for (const name of names) {
      const order = natural.compare(
        labels.get(source.labels[left], name),
        labels.get(source.labels[right], name),
      );
      if (order !== 0) return descending ? -order : order;
    }
    const order = labels.compare(source.labels[left], source.labels[right]);
    return descending ? -order : order;
  });
}
