import { escapeRegex } from '../charts';

/** What takes the place of variables. Values with several texts match any of them. @public */
export type PanelVariables = Readonly<
  Record<string, readonly string[] | string>
>;

/** What Grafana's own variables depend on. @public */
export type PanelWindow = {
  fromMilliseconds: number;
  toMilliseconds: number;
  stepSeconds: number;
};

/** Grafana takes samples to arrive this often where nothing else is said. */
const SCRAPE_SECONDS = 15;

/** `$name`, `${name}`, `${name:format}` and `[[name]]`. */
const VARIABLE = /\$\{(\w+)(?::(\w+))?\}|\$(\w+)|\[\[(\w+)(?::(\w+))?\]\]/g;

function builtIn(name: string, window: PanelWindow): string | undefined {
  const { fromMilliseconds, toMilliseconds, stepSeconds } = window;
  const range = Math.max(1, (toMilliseconds - fromMilliseconds) / 1000);
  switch (name) {
    case '__interval':
      return `${stepSeconds}s`;
    case '__interval_ms':
      return String(stepSeconds * 1000);
    case '__rate_interval':
      // Four scrapes at least, as Grafana documents it.
      return `${Math.max(stepSeconds + SCRAPE_SECONDS, 4 * SCRAPE_SECONDS)}s`;
    case '__range':
    case '__range_s':
      return name === '__range'
        ? `${Math.round(range)}s`
        : String(Math.round(range));
    case '__range_ms':
      return String(Math.round(range * 1000));
    case '__from':
      return String(fromMilliseconds);
    case '__to':
      return String(toMilliseconds);
    default:
      return undefined;
  }
}

function write(value: readonly string[] | string, format: string | undefined) {
  const escape = (text: string) =>
    text.replace(/\\/g, '\\\\').replace(/"/g, '\\"');
  if (typeof value === 'string') {
    return format === 'regex' ? escape(escapeRegex(value)) : escape(value);
  }
  return value.length === 1
    ? escape(escapeRegex(value[0]))
    : `(${value.map(text => escape(escapeRegex(text))).join('|')})`;
}

/**
 * A panel's query with its variables in place
 * (https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/).
 *
 * @returns the query, and the names of variables that nothing is known of
 * @public
 */
export function interpolateQuery(
  expression: string,
  variables: PanelVariables,
  window: PanelWindow,
): { promql: string; unknown: string[] } {
  const unknown = new Set<string>();
  const promql = expression.replace(
    VARIABLE,
    (
      text: string,
      braced?: string,
      bracedFormat?: string,
      plain?: string,
      old?: string,
      oldFormat?: string,
    ) => {
      const name = braced ?? plain ?? old ?? '';
      const own = builtIn(name, window);
      if (own !== undefined) {
        return own;
      }
      if (!Object.hasOwn(variables, name)) {
        unknown.add(name);
        return text;
      }
      return write(variables[name], bracedFormat ?? oldFormat);
    },
  );
  return { promql, unknown: [...unknown] };
}
