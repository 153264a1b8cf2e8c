import { formatFloat } from '../number-format';
import type { Labels } from '../storage';

const SI_PREFIXES = ['', 'k', 'M', 'G', 'T', 'P'];

/** A number to four digits, with a decimal prefix. */
function humanize(value: number): string {
  if (!Number.isFinite(value) || value === 0) return formatFloat(value);
  const group = Math.min(
    SI_PREFIXES.length - 1,
    Math.max(0, Math.floor(Math.log10(Math.abs(value)) / 3)),
  );
  const scaled = value / 1000 ** group;
  return `${Number(scaled.toPrecision(4))}${SI_PREFIXES[group]}`;
}

function humanizeDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return formatFloat(seconds);
  if (Math.abs(seconds) < 1)
    return `${Number((seconds * 1000).toPrecision(4))}ms`;
  const whole = Math.floor(Math.abs(seconds));
  const parts = [
    [Math.floor(whole / 86400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'm'],
    [whole % 60, 's'],
  ] as const;
  const first = parts.findIndex(([amount]) => amount > 0);
  const text = parts
    .slice(Math.max(0, first))
    .map(([n, unit]) => `${n}${unit}`);
  return (seconds < 0 ? '-' : '') + text.join(' ');
}

const PIPES: Readonly<Record<string, (value: number) => string>> = {
  humanize,
  humanizeDuration,
  humanizePercentage: value => `${Number((value * 100).toPrecision(4))}%`,
};

function expandAction(action: string, labels: Labels, value: number): string {
  const label = /^(?:\$labels|\.Labels)\.(\w+)$/.exec(action);
  if (label) return labels[label[1]] ?? '';
  const [subject, ...pipes] = action.split('|').map(part => part.trim());
  const printed = /^printf\s+"%\.(\d+)f"\s+(?:\$value|\.Value)$/.exec(subject);
  if (printed && pipes.length === 0) return value.toFixed(Number(printed[1]));
  const isValue = subject === '$value' || subject === '.Value';
  if (isValue && pipes.length === 0) return formatFloat(value);
  const pipe = PIPES[pipes[0]];
  if (isValue && pipes.length === 1 && pipe) return pipe(value);
  return `<error expanding template: {{ ${action} }} is not understood>`;
}

/** Fills `{{ $labels.name }}`, `{{ $value }}`, its humanized forms and `printf "%.2f"` into a text. */
export function expandTemplate(
  text: string,
  labels: Labels,
  value: number,
): string {
  return text.replace(/\{\{-?\s*(.*?)\s*-?\}\}/g, (_, action: string) =>
    expandAction(action, labels, value),
  );
}
