import type { JsonSchema } from '../schema/schema';

/** A rule in CEL, as Kubernetes keeps it in a schema. */
export type SchemaRule = NonNullable<
  JsonSchema['x-kubernetes-validations']
>[number];

const unitMilliseconds: Record<string, number> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 1e-3,
  ns: 1e-6,
};

/** Milliseconds of a Go duration such as `1m30s`; undefined when it is none. */
export function parseDuration(value: string): number | undefined {
  if (!/^(\d+(\.\d+)?(h|ms|us|ns|m|s))+$/.test(value)) {
    return undefined;
  }
  let total = 0;
  for (const [, amount, , unit] of value.matchAll(
    /(\d+(\.\d+)?)(h|ms|us|ns|m|s)/g,
  )) {
    total += Number(amount) * unitMilliseconds[unit];
  }
  return total;
}

/**
 * The rules that Istio's definitions use most, by their source text. Others
 * are not evaluated: that would take an interpreter of CEL.
 */
const known: Record<string, (self: unknown) => boolean> = {
  "duration(self) >= duration('1ms')": self =>
    typeof self === 'string' && (parseDuration(self) ?? 0) >= 1,
  '0 < self && self <= 65535': self =>
    typeof self === 'number' && self > 0 && self <= 65_535,
  '!self.contains("*")': self =>
    typeof self === 'string' && !self.includes('*'),
};

/** Whether a value keeps a rule; rules that are not known are taken as kept. */
export function keepsRule(rule: string, self: unknown): boolean {
  return known[rule.trim()]?.(self) ?? true;
}
