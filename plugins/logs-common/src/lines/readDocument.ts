import type { LogFieldMap, LogFieldRole } from '../fields';
import { cutText } from './cutText';
import { flattenFields, type FlatFields } from './flattenFields';
import type { LogLine } from './lines';
import { readLevel } from './readLevel';
import { readText } from './readText';
import { readTrace } from './readTrace';

/** Between these a store puts what a query matched; no text has them. @public */
export const HIGHLIGHT_TAGS = { open: '\uE000', close: '\uE001' } as const;

/** A document of a store, as an answer has it. @public */
export type LogDocument = {
  id: string;
  source: object;
  /** The message with {@link HIGHLIGHT_TAGS} around what matched. */
  highlighted?: string;
};

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function ranges(marked: string, text: string): [number, number][] {
  const found: [number, number][] = [];
  let plain = '';
  let start = -1;
  for (const part of marked.split(/([\uE000\uE001])/)) {
    if (part === HIGHLIGHT_TAGS.open) {
      start = plain.length;
    } else if (part === HIGHLIGHT_TAGS.close) {
      found.push([start, plain.length]);
    } else {
      plain += part;
    }
  }
  // A message that was taken apart has its words elsewhere.
  return text.startsWith(plain) || plain.startsWith(text)
    ? found.filter(([, end]) => end <= text.length)
    : [];
}

/**
 * A document as a line. Fields that the line has as its own are left out of
 * `fields`; names that hold the whole value (`level.keyword`) are read from
 * the document under their own name.
 *
 * @param most - characters of the message that are kept
 * @public
 */
export function readDocument(
  document: LogDocument,
  map: LogFieldMap,
  options: { cluster: string; most: number },
): LogLine {
  const all = flattenFields(document.source);
  const nameOf = (role: LogFieldRole) => {
    const name = map[role];
    return name !== undefined && !Object.hasOwn(all, name)
      ? name.replace(/\.(keyword|raw)$/, '')
      : name;
  };
  const tell = (role: LogFieldRole) => one(all[nameOf(role) ?? '']);
  const messageName = nameOf('message') ?? 'message';
  const raw = messageOf(document.source, messageName) ?? tell('message') ?? '';
  const read = readText(raw);
  const told = readLevel(tell('level'));
  const { text, cutCharacters } = cutText(read.text, options.most);
  const trace = readTrace({
    traceId:
      tell('traceId') ?? one(read.fields.traceId ?? read.fields.trace_id),
    spanId: tell('spanId') ?? one(read.fields.spanId ?? read.fields.span_id),
    sampled: tell('sampled'),
  });
  const atName = nameOf('at') ?? '@timestamp';
  const fields: FlatFields = read.fields;
  for (const name of Object.keys(all)) {
    // Left out instead of deleted: that would make every line slower to write.
    if (name !== messageName && name !== atName) {
      fields[name] = all[name];
    }
  }
  const highlights =
    document.highlighted === undefined
      ? []
      : ranges(document.highlighted, text);
  const named: Partial<LogLine> = {};
  for (const role of [
    'namespace',
    'app',
    'version',
    'pod',
    'container',
    'node',
  ] as const) {
    const value = tell(role);
    if (value !== undefined) {
      named[role] = value;
    }
  }
  return {
    id: document.id,
    at: instantOf(tell('at')),
    level: told === 'unknown' ? read.level : told,
    text,
    ...(cutCharacters !== undefined && { cutCharacters }),
    cluster: options.cluster,
    ...named,
    ...trace,
    fields,
    ...(highlights.length > 0 && { highlights }),
  };
}

/** The message whole: flattened values are cut. */
function messageOf(source: object, name: string): string | undefined {
  const whole: unknown = Reflect.get(source, name);
  if (typeof whole === 'string') {
    return whole;
  }
  let value: unknown = source;
  for (const part of name.split('.')) {
    value =
      typeof value === 'object' && value !== null
        ? Reflect.get(value, part)
        : undefined;
  }
  return typeof value === 'string' ? value : undefined;
}

/** RFC 3339; numbers are milliseconds, as Elasticsearch reads them. */
function instantOf(text: string | undefined): string {
  if (text === undefined) {
    return new Date(0).toISOString();
  }
  const number = /^\d{10,14}(\.\d+)?$/.test(text) ? Number(text) : undefined;
  const date = new Date(number ?? text);
  if (Number.isNaN(date.getTime())) {
    return new Date(0).toISOString();
  }
  // A text in UTC keeps its digits beyond milliseconds.
  return number === undefined && text.endsWith('Z') ? text : date.toISOString();
}
