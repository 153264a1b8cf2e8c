import {
  readLogLine,
  type CanaryLogs,
} from '@orrery/backstage-plugin-delivery-common';

type Line = CanaryLogs['lines'][number];

/** Lines of several pods in one order, the oldest first, only the last ones. */
export function mergeLogs(
  parts: readonly { pod: string; lines: readonly string[] }[],
  limit: number,
): Line[] {
  return parts
    .flatMap(({ pod, lines }) =>
      lines.flatMap((text): Line[] => {
        const line = readLogLine(text);
        return line ? [{ ...line, pod }] : [];
      }),
    )
    .sort((left, right) => left.at.localeCompare(right.at))
    .slice(-limit);
}
