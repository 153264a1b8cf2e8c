/** Shown beside the text already, or the text itself. */
const KNOWN = new Set([
  'message',
  'msg',
  'time',
  'ts',
  'timestamp',
  '@timestamp',
  'level',
  'severity',
  'log.level',
]);

/** A line of a log as people read it. */
export type LogText = {
  message: string;
  /** `key=value` of what else a JSON line carries; otherwise empty. */
  fields: string;
};

/** Takes a JSON line apart; any other line is its own message. */
export function readLogText(text: string): LogText {
  const plain = { message: text, fields: '' };
  if (!text.startsWith('{')) {
    return plain;
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return plain;
  }
  if (typeof parsed !== 'object' || parsed === null) {
    return plain;
  }
  const entries: [string, unknown][] = Object.entries(parsed);
  const said = entries.find(([key]) => key === 'message' || key === 'msg');
  if (typeof said?.[1] !== 'string') {
    return plain;
  }
  const fields = entries
    .filter(([key]) => !KNOWN.has(key))
    .map(
      ([key, value]) =>
        `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    .join(' ');
  return { message: said[1], fields };
}
