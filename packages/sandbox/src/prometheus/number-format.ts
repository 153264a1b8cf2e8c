/** Expands the exponent of a JavaScript number text: `1.5e+21` becomes digits only. */
function withoutExponent(text: string): string {
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign, whole, fraction = '', exponentText] = match;
  const digits = whole + fraction;
  const point = 1 + Number(exponentText);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) {
    return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  }
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * A sample value as Prometheus's HTTP API writes it: the shortest decimal
 * that reads back as the same number, never with an exponent; `NaN`, `+Inf`
 * and `-Inf` (Go's strconv.FormatFloat(v, 'f', -1, 64)).
 */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '+Inf';
  if (value === -Infinity) return '-Inf';
  if (Object.is(value, -0)) return '-0';
  return withoutExponent(String(value));
}

/** Reads what Go's strconv.ParseFloat accepts in label values and parameters; undefined otherwise. */
export function parseFloatStrict(text: string): number | undefined {
  const trimmed = text.replace(/_/g, '');
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) {
    return Number(trimmed);
  }
  if (/^[+-]?0x[0-9a-f]+$/i.test(trimmed)) {
    return trimmed.startsWith('-')
      ? -Number(trimmed.slice(1))
      : Number(trimmed.replace('+', ''));
  }
  if (/^[+]?inf(inity)?$/i.test(trimmed)) return Infinity;
  if (/^-inf(inity)?$/i.test(trimmed)) return -Infinity;
  return /^nan$/i.test(trimmed) ? NaN : undefined;
}
