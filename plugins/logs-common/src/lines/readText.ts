import { flattenFields, type FlatFields } from './flattenFields';
import { findLevel, readLevel } from './readLevel';
import type { LogLevel } from './lines';

const TEXTS = ['message', 'msg', 'log', 'text', 'event', '@message'];
const LEVELS = ['level', 'log.level', 'severity', 'lvl', 'levelname'];
/** JSON longer than this is left as the text that it is. */
const LONGEST_JSON = 262_144;

/** What a line's own text tells. @public */
export type ReadText = {
  text: string;
  level: LogLevel;
  /** Fields of a line that is JSON; none for plain lines. */
  fields: FlatFields;
};

// Written as code points, for controls must not stand in a source file.
const CONTROLS = new RegExp(
  `[${[
    [0, 8],
    [11, 26],
    [28, 31],
    [127, 127],
  ]
    .map(
      ([from, to]) => `${String.fromCharCode(from)}-${String.fromCharCode(to)}`,
    )
    .join('')}]`,
  'g',
);

/**
 * What can be shown of any bytes: a lone half of a character becomes the
 * replacement character, controls but tab, line feed and ANSI's escape too.
 *
 * @public
 */
export function cleanText(text: string): string {
  return text
    .replace(
      /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
      '\uFFFD',
    )
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '\uFFFD');
}

function parseObject(text: string): object | undefined {
  if (!text.startsWith('{') || text.length > LONGEST_JSON) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function first(fields: FlatFields, names: readonly string[]) {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string') {
      return { name, value };
    }
  }
  return undefined;
}

/**
 * Reads the text of a line: a JSON object is taken apart to its message, its
 * level and its other fields; of a plain line the level is looked for.
 *
 * @public
 */
export function readText(raw: string): ReadText {
  const object = parseObject(raw.trim());
  if (!object) {
    const text = cleanText(raw.replace(/\s+$/, ''));
    return { text, level: findLevel(text), fields: {} };
  }
  const fields = flattenFields(object);
  const message = first(fields, TEXTS);
  const level = first(fields, LEVELS);
  if (message) {
    delete fields[message.name];
  }
  return {
    text: cleanText(message?.value ?? raw),
    level: readLevel(level?.value),
    fields,
  };
}
