const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  H: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

/** Moves an instant by whole months or years. */
function byMonths(at: number, months: number): number {
  const date = new Date(at);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.getTime();
}

function shift(at: number, amount: number, unit: string): number {
  if (unit === 'M') return byMonths(at, amount);
  if (unit === 'y') return byMonths(at, amount * 12);
  return at + amount * UNITS[unit];
}

/** The beginning of the unit of time that an instant is in. */
function floor(at: number, unit: string): number {
  const date = new Date(at);
  if (unit === 'y') return Date.UTC(date.getUTCFullYear(), 0);
  if (unit === 'M') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  // Weeks begin on Monday; the epoch was a Thursday.
  const origin = unit === 'w' ? 4 * UNITS.d : 0;
  return Math.floor((at - origin) / UNITS[unit]) * UNITS[unit] + origin;
}

const OPERATION = /^(?:([+-])(\d+)|\/)([smhHdwMy])/;

function readInstant(text: string): number | undefined {
  if (/^-?\d{5,}$/.test(text)) return Number(text);
  if (
    !/^\d{4}(-\d{2}(-\d{2}(T\d{2}(:\d{2}(:\d{2}([.,]\d{1,9})?)?)?)?)?)?(Z|[+-]\d{2}:?\d{2})?$/.test(
      text,
    )
  ) {
    return undefined;
  }
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/.test(text) && text.includes('T');
  const complete = /T\d{2}(Z|$|[+-])/.test(text)
    ? text.replace(/T(\d{2})/, 'T$1:00')
    : text;
  const parsed = Date.parse(
    text.includes('T') && !hasZone ? `${complete}Z` : complete,
  );
  return Number.isNaN(parsed) ? undefined : parsed;
}

/**
 * An instant as Elasticsearch reads it: `now-15m`, `now/d`,
 * `2026-11-26T10:00:00Z||+1h`, ISO 8601 or milliseconds since the Unix epoch.
 *
 * @returns milliseconds since the Unix epoch; undefined when it is none
 */
export function parseDate(
  value: string | number,
  now: number,
  roundUp = false,
): number | undefined {
  if (typeof value === 'number') return value;
  const anchored = /^(.*)\|\|(.*)$/.exec(value);
  let at: number | undefined;
  let rest: string;
  if (value.startsWith('now')) [at, rest] = [now, value.slice(3)];
  else if (anchored) [at, rest] = [readInstant(anchored[1]), anchored[2]];
  else [at, rest] = [readInstant(value), ''];
  while (at !== undefined && rest !== '') {
    const operation = OPERATION.exec(rest);
    if (!operation) return undefined;
    const [whole, sign, amount, unit] = operation;
    if (sign) at = shift(at, Number(`${sign}${amount}`), unit);
    else {
      const begin = floor(at, unit);
      at = roundUp ? shift(begin, 1, unit) - 1 : begin;
    }
    rest = rest.slice(whole.length);
  }
  return at;
}
