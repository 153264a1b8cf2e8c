import type { AlertingRule, RecordingRule, RuleGroup } from './rule-types';

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** Interval of groups that name none, as the server's `evaluation_interval`. */
const STANDARD_INTERVAL = 15_000;

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const objects = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** Milliseconds of a duration such as `1h30m`; undefined where it is none. */
function milliseconds(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const parts = [...value.matchAll(/(\d+)(ms|[smhdwy])/g)];
  return parts.length === 0
    ? undefined
    : parts.reduce(
        (sum, [, count, unit]) => sum + Number(count) * UNITS[unit],
        0,
      );
}

function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).map(([key, entry]) => [
      key,
      String(entry),
    ]),
  );
}

function readRule(rule: Json): AlertingRule | RecordingRule | undefined {
  const expr = String(rule.expr ?? '');
  const labels = texts(rule.labels);
  if (typeof rule.record === 'string' && rule.record !== '') {
    return { record: rule.record, expr, labels };
  }
  if (typeof rule.alert !== 'string' || rule.alert === '') return undefined;
  const forMs = milliseconds(rule.for);
  const keepFiringForMs = milliseconds(rule.keep_firing_for);
  return {
    alert: rule.alert,
    expr,
    labels,
    annotations: texts(rule.annotations),
    ...(forMs !== undefined ? { forMs } : {}),
    ...(keepFiringForMs !== undefined ? { keepFiringForMs } : {}),
  };
}

/** A PrometheusRule as the operator writes it into the server's rule files. */
export function readRules(rule: {
  metadata: { name: string; namespace?: string; uid?: string };
  spec?: unknown;
}): RuleGroup[] {
  const { name, namespace = '', uid = '' } = rule.metadata;
  const groups = isObject(rule.spec) ? objects(rule.spec.groups) : [];
  return groups.map(group => ({
    name: String(group.name ?? ''),
    file: `/etc/prometheus/rules/${namespace}-${name}-${uid}.yaml`,
    intervalMs: milliseconds(group.interval) ?? STANDARD_INTERVAL,
    rules: objects(group.rules).flatMap(each => readRule(each) ?? []),
  }));
}
