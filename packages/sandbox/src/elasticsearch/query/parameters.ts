import { asRecord } from '../../simulator/read';
import { ElasticError, parsingError } from '../errors';

/** The one field that a query is about, with what is asked of it. */
export function singleField(query: string, body: unknown): [string, unknown] {
  const entries = Object.entries(asRecord(body)).filter(
    ([name]) => name !== 'boost' && name !== '_name',
  );
  if (entries.length !== 1) {
    throw parsingError(
      entries.length === 0
        ? `[${query}] query malformed, no field`
        : `[${query}] query doesn't support multiple fields, found [${entries[0][0]}] and [${entries[1][0]}]`,
    );
  }
  return entries[0];
}

/** `minimum_should_match` of so many clauses: a number, a negative one, or a share of them. */
export function leastOf(value: unknown, count: number): number {
  const text = String(value);
  const share = /^(-?\d+)%$/.exec(text);
  const least = share
    ? Math.trunc((count * Number(share[1])) / 100)
    : Number(text);
  if (!Number.isInteger(least)) {
    throw new ElasticError(
      400,
      'number_format_exception',
      `For input string: "${text}"`,
    );
  }
  return least < 0 || text.startsWith('-') ? count + least : least;
}
