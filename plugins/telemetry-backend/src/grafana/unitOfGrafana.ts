import type { ChartUnit } from '@orrery/backstage-plugin-telemetry-common';

/** Units of Grafana that charts have a word for, and what values are multiplied by. */
const UNITS: Readonly<Record<string, [ChartUnit, number]>> = {
  reqps: ['requestsPerSecond', 1],
  ops: ['requestsPerSecond', 1],
  rps: ['requestsPerSecond', 1],
  cps: ['requestsPerSecond', 1],
  percentunit: ['share', 1],
  percent: ['share', 0.01],
  s: ['milliseconds', 1000],
  ms: ['milliseconds', 1],
  bytes: ['bytes', 1],
  decbytes: ['bytes', 1],
  Bps: ['bytesPerSecond', 1],
  binBps: ['bytesPerSecond', 1],
};

/** The unit of a panel; a plain number where charts have no word for it. */
export function unitOfGrafana(unit: string | undefined): {
  unit: ChartUnit;
  factor: number;
} {
  const [known, factor] = UNITS[unit ?? ''] ?? ['count', 1];
  return { unit: known, factor };
}

/** A line's name by a panel's `legendFormat`, such as `{{version}}`. */
export function legendOf(
  format: string | undefined,
  labels: Readonly<Record<string, string>>,
): string {
  if (!format || format === '__auto') {
    const text = Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .join(', ');
    return text || 'value';
  }
  return format.replace(
    /\{\{\s*([\w.]+)\s*\}\}/g,
    (_, name: string) => labels[name] ?? '',
  );
}
