import { errorSchema } from './answers';
import { LogStoreError } from './LogStoreError';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function seconds(header: string | null): number | undefined {
  const value = Number(header ?? '');
  return Number.isFinite(value) && value > 0 ? Math.ceil(value) : undefined;
}

/** A refusal of the store as what it means, with the store's own words. */
export function readRefusal(
  status: number,
  text: string,
  retryAfter: string | null,
): LogStoreError {
  const result = errorSchema.safeParse(parse(text));
  const error = result.success ? result.data.error : undefined;
  const [root] = error?.root_cause ?? [];
  const types = [error?.type, root?.type].filter(Boolean).join(' ');
  const reason = (
    root?.reason ??
    error?.caused_by?.reason ??
    error?.reason ??
    text.slice(0, 200)
  )
    .replace(/\s+/g, ' ')
    .slice(0, 400);
  if (status === 401 || status === 403) {
    return new LogStoreError(
      'forbidden',
      `The log store refuses our credentials (${status})`,
    );
  }
  if (/search_context_missing|point_in_time/.test(types)) {
    return new LogStoreError('expired', 'The log store forgot the search');
  }
  if (status === 429 || types.includes('rejected_execution')) {
    const after = seconds(retryAfter);
    return new LogStoreError(
      'rejected',
      `The log store is busy and rejects searches${
        after === undefined ? '' : `; it asks to wait ${after} s`
      }`,
      after,
    );
  }
  if (
    types.includes('no_shard_available') ||
    types.includes('cluster_block') ||
    (status === 503 && types.includes('search_phase_execution'))
  ) {
    return new LogStoreError(
      'red',
      'The log store is red: shards of its indexes are not available',
    );
  }
  if (status === 400 || status === 404) {
    return new LogStoreError('refused', reason);
  }
  return new LogStoreError(
    error ? 'refused' : 'garbage',
    error
      ? `The log store answered ${status}: ${reason}`
      : `The log store answered ${status} with something that is not its API`,
  );
}
