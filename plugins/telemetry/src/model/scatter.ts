import type { TraceSummary } from '@orrery/backstage-plugin-telemetry-common';

/** Where a trace stands in a picture; both 0..1 from the lower left. */
export type ScatterPoint = { trace: TraceSummary; x: number; y: number };

/** A scatter of latency by time. */
export type Scatter = {
  points: ScatterPoint[];
  /** Values of the scale in milliseconds, with their heights 0..1. */
  ticks: { milliseconds: number; y: number }[];
};

/**
 * Places traces by when they began and, on a logarithmic scale, by how long
 * they took: the slow ones that matter are a thousand times the usual.
 */
export function scatterOf(
  traces: readonly TraceSummary[],
  range: { fromMilliseconds: number; toMilliseconds: number },
): Scatter {
  const durations = traces.map(trace =>
    Math.max(trace.durationMilliseconds, 0.1),
  );
  const low = Math.floor(Math.log10(Math.min(...durations, 10)));
  const high = Math.max(
    low + 1,
    Math.ceil(Math.log10(Math.max(...durations, 10))),
  );
  const heightOf = (milliseconds: number) =>
    (Math.log10(milliseconds) - low) / (high - low);
  const length = range.toMilliseconds - range.fromMilliseconds;
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  return {
    points: traces.map((trace, index) => ({
      trace,
      x: clamp((trace.startMilliseconds - range.fromMilliseconds) / length),
      y: clamp(heightOf(durations[index])),
    })),
    ticks: Array.from({ length: high - low + 1 }, (_, index) => {
      const milliseconds = 10 ** (low + index);
      return { milliseconds, y: heightOf(milliseconds) };
    }),
  };
}

/** By which column traces are sorted. */
export type TraceOrder = 'slowest' | 'newest' | 'errors' | 'spans';

/** Traces in an order; the newest first where they are equal. */
export function sortTraces(
  traces: readonly TraceSummary[],
  order: TraceOrder,
): TraceSummary[] {
  const keys: Record<TraceOrder, (trace: TraceSummary) => number> = {
    slowest: ({ durationMilliseconds }) => durationMilliseconds,
    newest: ({ startMilliseconds }) => startMilliseconds,
    errors: ({ errorCount }) => errorCount,
    spans: ({ spanCount }) => spanCount,
  };
  const key = keys[order];
  return [...traces].sort(
    (left, right) =>
      key(right) - key(left) ||
      right.startMilliseconds - left.startMilliseconds,
  );
}
