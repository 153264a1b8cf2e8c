import { ExecutionError } from '../promql/errors';

/** Most samples one intermediate result may hold (Prometheus's --query.max-samples). */
export const MAXIMUM_SAMPLES = 50_000_000;

/** @throws ExecutionError above the limit, so that one query cannot exhaust the memory */
export function requireAffordable(samples: number): void {
  if (samples > MAXIMUM_SAMPLES) {
    throw new ExecutionError(
      'query processing would load too many samples into memory in query execution',
    );
  }
}
