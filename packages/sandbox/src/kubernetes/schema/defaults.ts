import { isObject, type JsonObject } from '../values';
import { propertySchema } from './navigate';
import type { JsonSchema } from './schema';

/** The value with the defaults of its schema filled in. */
export function fillDefaults(
  value: unknown,
  schema: JsonSchema | undefined,
): unknown {
  if (!schema) {
    return value;
  }
  if (Array.isArray(value)) {
    return schema.items
      ? value.map(entry => fillDefaults(entry, schema.items))
      : value;
  }
  if (!isObject(value)) {
    return value;
  }
  const result: JsonObject = {};
  for (const [name, entry] of Object.entries(value)) {
    result[name] = fillDefaults(entry, propertySchema(schema, name));
  }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (result[name] === undefined && property.default !== undefined) {
      result[name] = fillDefaults(structuredClone(property.default), property);
    }
  }
  return result;
}
