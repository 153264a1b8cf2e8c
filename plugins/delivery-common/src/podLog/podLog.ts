import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';

/** Most lines of a log that are answered, and that a screen keeps. @public */
export const MOST_LOG_LINES = 2000;
/** Longer lines are cut, so that one cannot fill a screen's memory. */
const LONGEST_LINE = 8000;

/** @public */
export const logLevelSchema = z.enum([
  'error',
  'warn',
  'info',
  'debug',
  'unknown',
]);

/** @public */
export type LogLevel = z.infer<typeof logLevelSchema>;

/** One line of a container's log. @public */
export const podLogLineSchema = z.object({
  /** When it was written, RFC 3339. */
  at: z.string(),
  level: logLevelSchema,
  text: z.string(),
});

/** @public */
export type PodLogLine = z.infer<typeof podLogLineSchema>;

/** Answer of `GET /api/delivery/pods/:ref/log`, the oldest first. @public */
export const podLogSchema = z.object({
  lines: z.array(podLogLineSchema),
  provenance: provenanceSchema,
});

/** @public */
export type PodLog = z.infer<typeof podLogSchema>;

/** Event `delta` of `GET /api/delivery/pods/:ref/log/stream`. @public */
export const podLogDeltaSchema = z.object({
  lines: z.array(podLogLineSchema),
  /** How many were left out because the reader did not keep up. */
  skipped: z.number().int(),
  /** Nothing comes any more: the container ended, or was silent too long. */
  end: z.enum(['container', 'silence']).optional(),
});

/** @public */
export type PodLogDelta = z.infer<typeof podLogDeltaSchema>;

const LEVELS: [RegExp, LogLevel][] = [
  [/\b(error|fatal|panic|critical|err)\b/i, 'error'],
  [/\bwarn(ing)?\b/i, 'warn'],
  [/\binfo\b/i, 'info'],
  [/\b(debug|trace)\b/i, 'debug'],
];

/** The level that a JSON line names, otherwise the first word that is one. */
function levelOf(text: string): LogLevel {
  const named = /"(?:level|severity|log\.level)"\s*:\s*"([^"]+)"/.exec(text);
  const from = named?.[1] ?? text.slice(0, 120);
  return LEVELS.find(([pattern]) => pattern.test(from))?.[1] ?? 'unknown';
}

/**
 * A line as the API server writes it with timestamps: an instant, a space
 * and the text. Undefined when no instant leads it.
 *
 * @public
 */
export function readLogLine(line: string): PodLogLine | undefined {
  const space = line.indexOf(' ');
  const at = space < 0 ? line : line.slice(0, space);
  if (Number.isNaN(Date.parse(at))) {
    return undefined;
  }
  const whole = space < 0 ? '' : line.slice(space + 1);
  const text =
    whole.length > LONGEST_LINE ? `${whole.slice(0, LONGEST_LINE)}…` : whole;
  return { at, level: levelOf(text), text };
}
