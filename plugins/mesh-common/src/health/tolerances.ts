/** Which way traffic goes, seen from the one whose tolerance it is. */
export type Direction = 'inbound' | 'outbound';

/**
 * How much of what may fail before it counts, in percent of requests:
 * degraded from the first limit on (or from anything above 0), failing from
 * the second.
 *
 * @public
 */
export type Tolerance = {
  protocol: RegExp;
  direction: RegExp;
  /** Codes it is about, and what to call them. */
  codes: RegExp;
  what: string;
  degradedFrom: number;
  failingFrom: number;
};

const ANY = /^.*$/;

function standard(
  protocol: 'http' | 'grpc',
  codes: RegExp,
  what: string,
  [degradedFrom, failingFrom]: [number, number],
): Tolerance {
  return {
    protocol: protocol === 'http' ? /^http$/ : /^grpc$/,
    direction: ANY,
    codes,
    what,
    degradedFrom,
    failingFrom,
  };
}

/**
 * Kiali's default tolerances (`AddHealthDefault`), so that people who come
 * from it read the same words for the same traffic.
 *
 * @public
 */
export const DEFAULT_TOLERANCES: readonly Tolerance[] = [
  standard('http', /^5\d\d$/, 'answer 5xx', [0, 10]),
  standard('http', /^4\d\d$/, 'answer 4xx', [10, 20]),
  standard('grpc', /^([1-9]|1[0-6])$/, 'end with a gRPC error', [0, 10]),
  standard('http', /^-$/, 'get no response', [0, 10]),
  standard('grpc', /^(-|5\d\d)$/, 'get no response', [0, 10]),
];

/** Kiali anchors its patterns and reads `X` as any digit. */
function pattern(text: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${text.replace(/x/gi, '\\d')})$`);
  } catch {
    return undefined;
  }
}

function parseOne(text: string): Tolerance | undefined {
  const [code, degraded, failure, protocol, direction, ...rest] = text
    .split(',')
    .map(field => field.trim());
  const codes = code ? pattern(code) : undefined;
  const protocols = protocol ? pattern(protocol) : undefined;
  const directions = direction ? pattern(direction) : undefined;
  const [degradedFrom, failingFrom] = [degraded, failure].map(field =>
    field ? Number(field) : Number.NaN,
  );
  const isComplete =
    codes !== undefined &&
    protocols !== undefined &&
    directions !== undefined &&
    degradedFrom >= 0 &&
    failingFrom >= 0 &&
    rest.length === 0;
  return isComplete
    ? {
        codes,
        protocol: protocols,
        direction: directions,
        what: `match ${code}`,
        degradedFrom,
        failingFrom,
      }
    : undefined;
}

const parsed = new Map<string, readonly Tolerance[]>();
const KEPT = 1000;

/**
 * Tolerances of an annotation `health.kiali.io/rate`, such as
 * `4xx,10,20,http,inbound;5xx,5,10,http,inbound` (code, degraded, failure,
 * protocol, direction). They take the place of the defaults, as in Kiali;
 * one that cannot be read leaves the defaults standing.
 *
 * @public
 */
export function parseTolerances(annotation: string): readonly Tolerance[] {
  const tolerances = annotation
    .split(';')
    .filter(part => part.trim() !== '')
    .map(parseOne);
  return tolerances.length > 0 &&
    tolerances.every(tolerance => tolerance !== undefined)
    ? tolerances.filter(tolerance => tolerance !== undefined)
    : DEFAULT_TOLERANCES;
}

/**
 * The tolerances that count for traffic in one direction.
 *
 * @param annotation - absent means the defaults
 * @public
 */
export function tolerancesOf(
  annotation: string | undefined,
  direction: Direction,
): readonly Tolerance[] {
  if (annotation === undefined) {
    return DEFAULT_TOLERANCES;
  }
  const key = `${direction} ${annotation}`;
  let tolerances = parsed.get(key);
  if (!tolerances) {
    tolerances = parseTolerances(annotation).filter(tolerance =>
      tolerance.direction.test(direction),
    );
    if (parsed.size >= KEPT) {
      parsed.clear();
    }
    parsed.set(key, tolerances);
  }
  return tolerances;
}
