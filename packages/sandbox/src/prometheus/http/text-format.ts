import { formatFloat } from '../number-format';
import type { Labels } from '../storage';

function escapeValue(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"');
}

/** `# HELP` and `# TYPE` lines of one metric. */
export function headerText(name: string, type: string, help: string): string {
  const text = help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
  return `# HELP ${name} ${text}\n# TYPE ${name} ${type}\n`;
}

/** Labels between braces; nothing where there are none. `extra` comes last. */
export function labelText(labels: Labels, extra: Labels = {}): string {
  const pairs: string[] = [];
  for (const [name, value] of [
    ...Object.entries(labels),
    ...Object.entries(extra),
  ]) {
    if (name !== '__name__') pairs.push(`${name}="${escapeValue(value)}"`);
  }
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}

/** One sample line of the text exposition format. */
export function sampleText(
  name: string,
  labels: string,
  value: number,
  timestampMs?: number,
): string {
  const time = timestampMs === undefined ? '' : ` ${timestampMs}`;
  return `${name}${labels} ${formatFloat(value)}${time}\n`;
}
