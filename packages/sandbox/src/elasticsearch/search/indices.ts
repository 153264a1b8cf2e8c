import { indexNotFound } from '../errors';
import type { LogArchive } from '../records/LogArchive';
import { indexOfDay } from '../records/source';

const DAY = 86_400_000;

/** Indexes, one for each day of which something is kept; the oldest first. */
export function indexNames({ shelf }: LogArchive, now: number): string[] {
  const first = shelf.span ? shelf.span.first * 1000 : now;
  const last = shelf.span ? shelf.span.last * 1000 : now;
  const names: string[] = [];
  for (let day = Math.floor(first / DAY); day * DAY <= last; day++) {
    names.push(indexOfDay(day * DAY));
  }
  return names;
}

/** How missing indexes are taken. */
export interface IndexOptions {
  ignoreUnavailable: boolean;
  allowNoIndices: boolean;
}

/** The options of an expression as the query string has them. */
export function indexOptions(query: URLSearchParams): IndexOptions {
  return {
    ignoreUnavailable: /^(true)?$/.test(
      query.get('ignore_unavailable') ?? 'false',
    ),
    allowNoIndices: query.get('allow_no_indices') !== 'false',
  };
}

function expressionOf(pattern: string): RegExp {
  const source = pattern
    .split('*')
    .map(part => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`);
}

/**
 * Indexes that an expression names: names and patterns separated by commas,
 * a minus takes away.
 *
 * @throws ElasticError 404 for a name without an index
 */
export function resolveIndices(
  known: readonly string[],
  expression: string,
  { ignoreUnavailable, allowNoIndices }: IndexOptions,
): string[] {
  const found = new Set<string>();
  for (const part of expression.split(',')) {
    const isExclusion = part.startsWith('-') && found.size > 0;
    const name = isExclusion ? part.slice(1) : part;
    const pattern = name === '_all' || name === '' ? '*' : name;
    const isPattern = pattern.includes('*');
    const matching = known.filter(index => expressionOf(pattern).test(index));
    if (isExclusion) matching.forEach(index => found.delete(index));
    else if (matching.length > 0) matching.forEach(index => found.add(index));
    else if (isPattern ? !allowNoIndices : !ignoreUnavailable) {
      throw indexNotFound(name);
    }
  }
  return known.filter(index => found.has(index));
}
