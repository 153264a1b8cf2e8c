import type { CanaryLogs } from '@orrery/backstage-plugin-delivery-common';

type Line = CanaryLogs['lines'][number];

const LEVELS: [RegExp, Line['level']][] = [
  [/\b(error|fatal|panic|critical|err)\b/i, 'error'],
  [/\bwarn(ing)?\b/i, 'warn'],
  [/\binfo\b/i, 'info'],
  [/\b(debug|trace)\b/i, 'debug'],
];

/** The level that a JSON line names, otherwise the first word that is one. */
function levelOf(text: string): Line['level'] {
  const named = /"(?:level|severity|log\.level)"\s*:\s*"([^"]+)"/.exec(text);
  const from = named?.[1] ?? text.slice(0, 120);
  return LEVELS.find(([pattern]) => pattern.test(from))?.[1] ?? 'unknown';
}

/** Lines of several pods in one order, the oldest first, only the last ones. */
export function mergeLogs(
  parts: readonly { pod: string; lines: readonly string[] }[],
  limit: number,
): Line[] {
  return parts
    .flatMap(({ pod, lines }) =>
      lines.flatMap((line): Line[] => {
        const space = line.indexOf(' ');
        const at = line.slice(0, space);
        const text = line.slice(space + 1);
        return space > 0 && !Number.isNaN(Date.parse(at))
          ? [{ at, pod, level: levelOf(text), text }]
          : [];
      }),
    )
    .sort((left, right) => left.at.localeCompare(right.at))
    .slice(-limit);
}
