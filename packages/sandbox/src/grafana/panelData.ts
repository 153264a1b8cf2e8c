import type { Clock } from '../clock';
import { parseDate } from '../elasticsearch';
import type { Prometheus } from '../prometheus';
import { rangeSeries } from '../prometheus/range-series';
import { interpolate, variableValues } from './interpolate';
import type { Dashboard, Panel } from './model';

/** A line of a chart. */
export interface ChartLine {
  name: string;
  times: number[];
  values: number[];
}

/** What a panel shows. */
export interface PanelData {
  title: string;
  unit: string;
  from: number;
  to: number;
  lines: ChartLine[];
  /** Why there is nothing, in the engine's words. */
  problem?: string;
}

/** What panels are filled from. */
export interface PanelSource {
  prometheus: Prometheus;
  clock: Clock;
  scrapeMs: number;
}

const POINTS = 240;

function legend(
  format: string | undefined,
  labels: Readonly<Record<string, string>>,
): string {
  if (format !== undefined && format !== '') {
    return format.replace(
      /\{\{\s*(\w+)\s*\}\}/g,
      (_, name: string) => labels[name] ?? '',
    );
  }
  const parts = Object.entries(labels).map(
    ([key, value]) => `${key}="${value}"`,
  );
  return `{${parts.join(', ')}}`;
}

/** A range as addresses have it: `now-1h`, milliseconds since the Unix epoch, or RFC 3339. */
export function readRange(
  query: URLSearchParams,
  now: number,
): { from: number; to: number } {
  const at = (name: string, standard: string) => {
    const text = query.get(name) ?? standard;
    return parseDate(text, now, name === 'to');
  };
  const to = at('to', 'now') ?? now;
  const from = at('from', 'now-1h') ?? to - 3_600_000;
  return from < to ? { from, to } : { from: to - 3_600_000, to };
}

/** A step that gives at most so many points. */
export function stepFor(rangeMs: number, scrapeMs: number): number {
  return Math.max(Math.ceil(rangeMs / POINTS / 1000) * 1000, scrapeMs);
}

/** Asks a panel's queries. */
export async function panelData(
  { prometheus, clock, scrapeMs }: PanelSource,
  dashboard: Dashboard,
  panel: Panel,
  query: URLSearchParams,
): Promise<PanelData> {
  const { from, to } = readRange(query, clock.now());
  const stepMs = stepFor(to - from, scrapeMs);
  const values = variableValues(dashboard, query);
  const shown: PanelData = {
    title: panel.title,
    unit: panel.fieldConfig?.defaults.unit ?? 'short',
    from,
    to,
    lines: [],
  };
  try {
    for (const { expr, legendFormat } of panel.targets ?? []) {
      const promql = interpolate(expr, values, {
        stepMs,
        rangeMs: to - from,
        scrapeMs,
      });
      const startMs = Math.ceil(from / stepMs) * stepMs;
      const found = await rangeSeries(prometheus.engine, promql, {
        startMs,
        endMs: Math.max(to, startMs),
        stepMs,
      });
      for (const { labels, times, values: numbers } of found) {
        const name = legend(legendFormat, labels);
        shown.lines.push({ name, times, values: numbers });
      }
    }
    return shown;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { ...shown, problem };
  }
}
