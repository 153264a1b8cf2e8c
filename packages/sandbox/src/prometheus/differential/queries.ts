import { DASHBOARD_QUERIES } from './dashboard-queries';
import { FUNCTION_QUERIES } from './function-queries';
import { OPERATOR_QUERIES } from './operator-queries';

/** A query that both engines are asked. */
export interface DifferentialCase {
  query: string;
  /** First Prometheus release that knows everything in it, as [major, minor]. */
  since?: readonly [number, number];
  /** First release that no longer knows it. */
  until?: readonly [number, number];
  /** Whether the order of an instant result is part of the answer. */
  ordered?: boolean;
  /** Whether two right answers may hold different series (ties). Only the values are compared. */
  valuesOnly?: boolean;
}

/** Every query of the differential test. */
export const DIFFERENTIAL_QUERIES: readonly DifferentialCase[] = [
  ...DASHBOARD_QUERIES,
  ...FUNCTION_QUERIES,
  ...OPERATOR_QUERIES,
];
