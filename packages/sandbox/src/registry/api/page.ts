import { Refusal, type Exchange } from './Exchange';

/** Most entries of one page, and how many there are when nobody says. */
const PAGE = 1000;

/** The part of a list that `n` and `last` ask for, and the link to the next one. */
export function pageOf(
  { prefix, path }: Pick<Exchange, 'prefix' | 'path'>,
  entries: readonly string[],
  query: URLSearchParams,
): { entries: string[]; headers: Record<string, string> } {
  const asked = query.get('n');
  const size = asked === null ? PAGE : Number(asked);
  if (!Number.isInteger(size) || size < 0 || size > PAGE) {
    throw new Refusal(
      400,
      'PAGINATION_NUMBER_INVALID',
      'invalid number of results requested',
      { n: asked },
    );
  }
  const last = query.get('last');
  const from = last === null ? 0 : entries.indexOf(last) + 1;
  const page = entries.slice(from, from + size);
  const more = size > 0 && from + size < entries.length;
  const next = new URLSearchParams({
    n: String(size),
    last: page.at(-1) ?? '',
  });
  return {
    entries: page,
    headers: more ? { Link: `<${prefix}${path}?${next}>; rel="next"` } : {},
  };
}
