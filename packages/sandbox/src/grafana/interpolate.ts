import type { Dashboard } from './model';

/** Values of variables: those of the address, and the dashboard's own where it names none. */
export function variableValues(
  { variables }: Dashboard,
  query: URLSearchParams,
): Map<string, string[]> {
  return new Map(
    variables.map(({ name, current, allValue }) => {
      const asked = query.getAll(`var-${name}`).filter(value => value !== '');
      const values = asked.length > 0 ? asked : [current.value];
      const isAll = values.includes('$__all') || values.includes('All');
      return [name, isAll ? [allValue ?? '.*'] : values] as const;
    }),
  );
}

/** A Go duration of so many milliseconds. */
function duration(milliseconds: number): string {
  return milliseconds % 1000 === 0
    ? `${milliseconds / 1000}s`
    : `${milliseconds}ms`;
}

const escape = (value: string) =>
  value === '.*' ? value : value.replace(/[.\\+*?^$()|[\]{}]/g, '\\\\$&');

/** Puts values into a query, as Grafana's Prometheus data source does. */
export function interpolate(
  expression: string,
  values: ReadonlyMap<string, readonly string[]>,
  times: { stepMs: number; rangeMs: number; scrapeMs: number },
): string {
  const { stepMs, rangeMs, scrapeMs } = times;
  const builtin: Readonly<Record<string, string>> = {
    __interval: duration(stepMs),
    __interval_ms: String(stepMs),
    __range: duration(rangeMs),
    // At least four scrapes, so that a rate has something to go by.
    __rate_interval: duration(Math.max(stepMs + scrapeMs, 4 * scrapeMs)),
  };
  return expression.replace(
    /\$\{(\w+)(?::(\w+))?\}|\$(\w+)|\[\[(\w+)\]\]/g,
    (whole, braced, format, plain, bracketed) => {
      const name: string = braced ?? plain ?? bracketed;
      if (builtin[name] !== undefined) return builtin[name];
      const found = values.get(name);
      if (!found) return whole;
      if (format === 'raw' || format === 'csv') return found.join(',');
      if (found.length === 1) return escape(found[0]);
      return `(${found.map(escape).join('|')})`;
    },
  );
}
