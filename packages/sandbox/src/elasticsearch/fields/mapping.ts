import { matchFields, type Field } from './fields';

/** Objects that fields are parts of: `kubernetes`, `kubernetes.pod`. */
function objectsOf(fields: readonly Field[]): string[] {
  const objects = new Set<string>();
  for (const { name } of fields) {
    const parts = name.split('.');
    for (let length = 1; length < parts.length; length++) {
      objects.add(parts.slice(0, length).join('.'));
    }
  }
  return [...objects].sort();
}

/** The type that field capabilities tell: that of the family. */
function familyOf({ type }: Field): string {
  return type === 'match_only_text' ? 'text' : type;
}

/** The answer to `_field_caps`. */
export function fieldCapabilities(
  fields: readonly Field[],
  patterns: readonly string[],
  indices: readonly string[],
): Record<string, unknown> {
  const capability = (
    type: string,
    searchable: boolean,
    aggregatable: boolean,
  ) => ({
    [type]: { type, metadata_field: false, searchable, aggregatable },
  });
  const wanted = patterns.flatMap(pattern => matchFields(fields, pattern));
  const chosen = [...new Set(wanted)];
  return {
    indices,
    fields: {
      ...Object.fromEntries(
        objectsOf(chosen).map(name => [
          name,
          capability('object', false, false),
        ]),
      ),
      ...Object.fromEntries(
        chosen.map(field => {
          const type = familyOf(field);
          return [field.name, capability(type, true, type !== 'text')];
        }),
      ),
    },
  };
}

type Properties = Record<string, Record<string, unknown>>;

/** The mapping of an index. */
export function mappingOf(fields: readonly Field[]): Record<string, unknown> {
  const properties: Properties = {};
  for (const { name, type } of fields) {
    const parts = name.split('.');
    let level = properties;
    for (const part of parts.slice(0, -1)) {
      const inner = level[part] ?? { properties: {} };
      level[part] = inner;
      level = inner.properties as Properties;
    }
    level[parts[parts.length - 1]] =
      type === 'keyword' ? { type, ignore_above: 1024 } : { type };
  }
  return { mappings: { properties } };
}
