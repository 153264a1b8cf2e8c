import { parseFloatStrict } from '../number-format';
import type { EvaluationContext } from './context';
import { LabelGroups, PairFilter } from './label-groups';
import { StepVector } from './vector';

/** One classic bucket: everything observed at or below an upper bound. */
export interface Bucket {
  upperBound: number;
  count: number;
}

/** Relative difference below which two cumulative counts are taken for equal. */
const SMALL_DELTA = 1e-12;

function almostEqual(left: number, right: number): boolean {
  if (left === right) return true;
  const difference = Math.abs(left - right);
  return difference / (Math.abs(left) + Math.abs(right)) < SMALL_DELTA;
}

/** Adds up buckets of equal bounds; takes them sorted by bound. */
function coalesce(buckets: readonly Bucket[]): Bucket[] {
  const result: Bucket[] = [];
  for (const bucket of buckets) {
    const last = result[result.length - 1];
    if (last?.upperBound === bucket.upperBound) last.count += bucket.count;
    else result.push({ ...bucket });
  }
  return result;
}

/** Makes counts that fall, which cumulative counts cannot, level with the one before. */
function makeMonotonic(buckets: Bucket[]): void {
  let previous = buckets[0].count;
  for (const bucket of buckets) {
    if (bucket.count < previous || almostEqual(bucket.count, previous)) {
      bucket.count = previous;
    } else previous = bucket.count;
  }
}

/**
 * The q-quantile of classic buckets by linear interpolation within one
 * (Prometheus's bucketQuantile, promql/quantile.go).
 */
export function bucketQuantile(q: number, unsorted: readonly Bucket[]): number {
  if (Number.isNaN(q)) return NaN;
  if (q < 0) return -Infinity;
  if (q > 1) return Infinity;
  const buckets = coalesce(
    [...unsorted].sort((a, b) => (a.upperBound < b.upperBound ? -1 : 1)),
  );
  const last = buckets.length - 1;
  if (last < 1 || buckets[last].upperBound !== Infinity) return NaN;
  makeMonotonic(buckets);
  const observations = buckets[last].count;
  if (observations === 0) return NaN;
  let rank = q * observations;
  let found = buckets.findIndex(bucket => bucket.count >= rank);
  if (found < 0) found = last;
  if (found === last) return buckets[last - 1].upperBound;
  if (found === 0 && buckets[0].upperBound <= 0) return buckets[0].upperBound;
  const end = buckets[found].upperBound;
  let start = 0;
  let { count } = buckets[found];
  if (found > 0) {
    start = buckets[found - 1].upperBound;
    count -= buckets[found - 1].count;
    rank -= buckets[found - 1].count;
  }
  return start + (end - start) * (rank / count);
}

/** histogram_quantile() over classic buckets; series without a readable `le` are left out. */
export async function histogramQuantile(
  context: EvaluationContext,
  quantiles: Float64Array,
  source: StepVector,
): Promise<StepVector> {
  const { labels, pacer } = context;
  const groups = new LabelGroups(
    new PairFilter(labels, ['__name__', 'le'], false),
  );
  const members: { rows: number[]; bounds: number[] }[] = [];
  for (let row = 0; row < source.rows; row++) {
    const bound = parseFloatStrict(labels.get(source.labels[row], 'le'));
    if (bound === undefined) continue;
    const group = groups.place(source.labels[row]);
    members[group] ??= { rows: [], bounds: [] };
    members[group].rows.push(row);
    members[group].bounds.push(bound);
    if (pacer.spend(16)) await pacer.pause();
  }
  const result = new StepVector(source.steps, members.length);
  for (const [group, { rows, bounds }] of members.entries()) {
    const target = result.addRow(groups.labels[group]);
    for (let step = 0; step < source.steps; step++) {
      const buckets: Bucket[] = [];
      rows.forEach((row, index) => {
        if (!source.has(row, step)) return;
        buckets.push({
          upperBound: bounds[index],
          count: source.get(row, step),
        });
      });
      if (buckets.length > 0) {
        result.set(target, step, bucketQuantile(quantiles[step], buckets));
      }
    }
    if (pacer.spend(rows.length * source.steps * 4)) await pacer.pause();
  }
  return result;
}
