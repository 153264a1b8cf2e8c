import type { LabelSet } from './query-labels';
import type { StepVector } from './vector';

/**
 * Receives a vector series by series. An aggregation takes its values in
 * directly, so that a sum over many series never holds them all.
 */
export interface RowSink {
  /** Begins a row. The label set may be reused by the caller: copy it to keep it. */
  open(labels: LabelSet): number;
  set(row: number, step: number, value: number): void;
}

/** Collects rows into a vector. */
export function vectorSink(vector: StepVector): RowSink {
  return {
    open: labels => vector.addRow(labels.slice()),
    set: (row, step, value) => vector.set(row, step, value),
  };
}
