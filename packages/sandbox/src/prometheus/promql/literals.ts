import { parseFloatStrict } from '../number-format';

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** Milliseconds of a Prometheus duration such as `1h30m`; undefined for other text. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  if (
    !/^(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/.test(text) ||
    text === ''
  ) {
    return undefined;
  }
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) {
    total += Number(amount) * UNIT_MS[unit];
  }
  return total;
}

/** A duration as Prometheus prints it: `90000` becomes `1m30s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0s';
  let rest = Math.abs(milliseconds);
  let text = milliseconds < 0 ? '-' : '';
  const take = (unit: string, exact: boolean) => {
    const size = UNIT_MS[unit];
    if (exact && rest % size !== 0) return;
    const amount = Math.floor(rest / size);
    if (amount > 0) {
      text += `${amount}${unit}`;
      rest -= amount * size;
    }
  };
  // Years, weeks and days are used only where nothing remains (model.Duration).
  take('y', true);
  take('w', true);
  take('d', false);
  take('h', false);
  take('m', false);
  take('s', false);
  take('ms', false);
  return text;
}

/** A number literal: decimal, hexadecimal, Inf, NaN, or a duration in seconds. */
export function parseNumberLiteral(text: string): number | undefined {
  const number = parseFloatStrict(text);
  if (number !== undefined) return number;
  const duration = parseDuration(text);
  return duration === undefined ? undefined : duration / 1000;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** The text a quoted PromQL string stands for (Go's escapes); undefined where it is malformed. */
export function unquote(quoted: string): string | undefined {
  const quote = quoted[0];
  if (quoted.length < 2 || quoted[quoted.length - 1] !== quote) {
    return undefined;
  }
  const body = quoted.slice(1, -1);
  if (quote === '`') return body;
  let valid = !/(^|[^\\])(\\\\)*\\$/.test(body) && !body.includes('\n');
  const text = body.replace(
    /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|[\s\S])/g,
    (whole, escape: string) => {
      const simple = SIMPLE_ESCAPES[escape];
      if (simple !== undefined) return simple;
      if (/^[xuU]./.test(escape)) {
        return String.fromCodePoint(parseInt(escape.slice(1), 16));
      }
      if (/^[0-7]{3}$/.test(escape)) {
        return String.fromCharCode(parseInt(escape, 8));
      }
      valid = false;
      return whole;
    },
  );
  return valid ? text : undefined;
}
