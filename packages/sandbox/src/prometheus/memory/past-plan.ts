/**
 * Which samples of the past a query looks at. `past` functions are evaluated
 * on reading, so what no window needs is not evaluated at all: a chart of a
 * day over thousands of series would otherwise take minutes.
 */
export type PastNeed =
  /** Every sample in each window. */
  | 'all'
  /** The first and the last in each: enough for rate, increase and delta of a counter. */
  | 'edges'
  /** The last in each. */
  | 'latest';

/** Windows (end - rangeMs, end], or with the start included. */
export interface PastWindows {
  ends: ArrayLike<number>;
  rangeMs: number;
  startIncluded: boolean;
}

/**
 * Instants of the history grid that the windows need, ascending.
 *
 * @param stepMs - distance between the instants of the grid
 */
export function planPast(
  { ends, rangeMs, startIncluded }: PastWindows,
  need: PastNeed,
  stepMs: number,
): Float64Array {
  const wanted = new Set<number>();
  for (let window = 0; window < ends.length; window++) {
    const end = ends[window];
    const start = end - rangeMs;
    let first = Math.ceil(start / stepMs) * stepMs;
    if (first === start && !startIncluded) first += stepMs;
    const last = Math.floor(end / stepMs) * stepMs;
    if (first > last) continue;
    wanted.add(last);
    if (need === 'edges') wanted.add(first);
    if (need !== 'all') continue;
    // Backwards, until the windows before this one have covered the rest.
    for (let time = last - stepMs; time >= first; time -= stepMs) {
      if (wanted.has(time)) break;
      wanted.add(time);
    }
  }
  return Float64Array.from(wanted).sort();
}
