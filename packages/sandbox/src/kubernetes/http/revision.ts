import type { MemoryStore } from '../storage/memory-store';
import { StatusError } from './status-error';
import { badRequest } from './request-failures';

/** The `resourceVersion` parameter as a number; undefined when not given. */
export function parseRevision(value: string | null): number | undefined {
  if (value === null || value === '') {
    return undefined;
  }
  if (!/^\d+$/.test(value)) {
    throw badRequest(
      `invalid resource version: resourceVersion: Invalid value: "${value}": strconv.ParseUint: parsing "${value}": invalid syntax`,
    );
  }
  return Number(value);
}

/** Refuses a revision that does not exist yet, as a watch cache does. */
export function refuseFuture(store: MemoryStore, revision: number): void {
  if (revision > store.revision) {
    throw new StatusError(
      504,
      'Timeout',
      `Timeout: Too large resource version: ${revision}, current: ${store.revision}`,
      {
        causes: [
          {
            reason: 'ResourceVersionTooLarge',
            message: 'Too large resource version',
          },
        ],
        retryAfterSeconds: 1,
      },
    );
  }
}

/** A whole number from the query; 400 when it is something else. */
export function parseCount(
  query: URLSearchParams,
  name: string,
): number | undefined {
  const value = query.get(name);
  if (value === null || value === '') {
    return undefined;
  }
  if (!/^-?\d+$/.test(value)) {
    throw badRequest(
      `strconv.ParseInt: parsing "${value}": invalid syntax (query parameter ${name})`,
    );
  }
  return Number(value);
}

/** Whether a query parameter is switched on. */
export function isSet(query: URLSearchParams, name: string): boolean {
  return ['1', 'true', 'True', 'TRUE', 't', 'T'].includes(
    query.get(name) ?? '',
  );
}
