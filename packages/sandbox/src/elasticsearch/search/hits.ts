import { asRecord, asString, asStrings, isRecord } from '../../simulator/read';
import { matchFields, type Field } from '../fields/fields';
import type { LogRecord } from '../records/LogRecord';
import { idOf, indexOf, sourceOf } from '../records/source';
import { sortValues, type SortKey } from './sort';

/** Chooses parts of a document by the names of their fields. */
type SourceFilter = (
  source: Record<string, unknown>,
) => Record<string, unknown> | undefined;

function expression(pattern: string): RegExp {
  const source = pattern
    .split('*')
    .map(part => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'))
    .join('.*');
  // A pattern covers a field and, where it names an object, all within.
  return new RegExp(`^${source}(\\..*)?$`);
}

function prune(
  value: Readonly<Record<string, unknown>>,
  path: string,
  keep: (path: string) => boolean,
): Record<string, unknown> | undefined {
  const kept: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    const name = path + key;
    const inner = isRecord(entry) ? prune(entry, `${name}.`, keep) : entry;
    if (inner !== undefined && (isRecord(entry) || keep(name))) {
      kept[key] = inner;
    }
  }
  return Object.keys(kept).length > 0 ? kept : undefined;
}

/** `_source` of a request: all, nothing, names, or names to include and to leave out. */
function sourceFilter(asked: unknown): SourceFilter {
  if (asked === undefined || asked === true || asked === 'true') {
    return source => source;
  }
  if (asked === false || asked === 'false') return () => undefined;
  const spec = isRecord(asked) ? asked : { includes: asked };
  const names = (value: unknown) =>
    (typeof value === 'string' ? value.split(',') : asStrings(value)).map(
      expression,
    );
  const includes = names(spec.includes ?? spec.include);
  const excludes = names(spec.excludes ?? spec.exclude);
  return source =>
    prune(
      source,
      '',
      path =>
        (includes.length === 0 || includes.some(each => each.test(path))) &&
        !excludes.some(each => each.test(path)),
    ) ?? {};
}

/** `fields` of a request: flat names with lists of values. */
function fieldReader(
  asked: unknown,
  known: readonly Field[],
): ((record: LogRecord) => Record<string, unknown[]>) | undefined {
  if (!Array.isArray(asked)) return undefined;
  const wanted = asked.flatMap((entry: unknown) => {
    const name = asString(entry) ?? asString(asRecord(entry).field) ?? '';
    const format = asString(asRecord(entry).format);
    return matchFields(known, name).map(field => ({ field, format }));
  });
  return record => {
    const values: Record<string, unknown[]> = {};
    for (const { field, format } of wanted) {
      const value = field.read(record);
      if (value === undefined) continue;
      const isTime = field.type === 'date' && format !== 'epoch_millis';
      values[field.name] = [
        isTime ? new Date(Number(value)).toISOString() : value,
      ];
    }
    return values;
  };
}

/** What is shown of a hit. */
export interface HitOptions {
  body: Readonly<Record<string, unknown>>;
  /** `_source` of the query string, which comes first. */
  source?: string;
  keys: readonly SortKey[];
  fields: readonly Field[];
  highlight?: (record: LogRecord) => Record<string, string[]> | undefined;
}

/** Writes hits as a request wants them. */
export function createHitWriter({
  body,
  source,
  keys,
  fields,
  highlight,
}: HitOptions): (record: LogRecord) => Record<string, unknown> {
  const filter = sourceFilter(source ?? body._source);
  const read = fieldReader(body.fields ?? body.docvalue_fields, fields);
  return record => {
    const shown = filter(sourceOf(record));
    const marked = highlight?.(record);
    return {
      _index: indexOf(record),
      _id: idOf(record),
      _score: keys.length === 0 ? 1 : null,
      ...(shown === undefined ? {} : { _source: shown }),
      ...(read ? { fields: read(record) } : {}),
      ...(marked ? { highlight: marked } : {}),
      ...(keys.length === 0 ? {} : { sort: sortValues(keys, record) }),
    };
  };
}
