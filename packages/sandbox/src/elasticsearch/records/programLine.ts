import { asRecord, asString } from '../../simulator/read';

/** What an agent makes of a line of a program: JSON is decoded, all else stays as it is. */
export function programLine(line: string): { text: string; level?: string } {
  if (!line.startsWith('{')) return { text: line };
  let decoded: unknown;
  try {
    decoded = JSON.parse(line);
  } catch {
    // A line that only looks like JSON is a line all the same.
    return { text: line };
  }
  const { level, message, msg } = asRecord(decoded);
  const known = asString(level);
  return {
    text: asString(message) ?? asString(msg) ?? line,
    ...(known === undefined ? {} : { level: known }),
  };
}
