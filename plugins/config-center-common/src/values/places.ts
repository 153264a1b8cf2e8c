import { z } from 'zod';

/**
 * Something wrong with a value, and where: offsets in UTF-16 units, line and
 * column counted from 1.
 *
 * @public
 */
export const valueProblemSchema = z.object({
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  line: z.number().int(),
  column: z.number().int(),
});

/** @public */
export type ValueProblem = z.infer<typeof valueProblemSchema>;

/** A problem at a place of a text. */
export function problemAt(
  text: string,
  from: number,
  to: number,
  message: string,
  severity: ValueProblem['severity'] = 'error',
): ValueProblem {
  const start = Math.max(0, Math.min(from, text.length));
  const before = text.slice(0, start);
  return {
    severity,
    message,
    from: start,
    to: Math.max(start, Math.min(to, text.length)),
    line: before.split('\n').length,
    column: start - (before.lastIndexOf('\n') + 1) + 1,
  };
}
