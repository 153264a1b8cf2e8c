import { isObject, type JsonObject } from '../values';
import { objectMeta } from './meta';
import type { JsonSchema } from './schema';

/** The schema of one field of an object. */
export function propertySchema(
  schema: JsonSchema | undefined,
  name: string,
): JsonSchema | undefined {
  const own = schema?.properties?.[name];
  if (own) {
    return own;
  }
  const additional = schema?.additionalProperties;
  return isObject(additional) ? additional : undefined;
}

/** Whether a field stands in the schema by its own name, not as an entry of a map. */
export function isDeclared(
  schema: JsonSchema | undefined,
  name: string,
): boolean {
  return schema?.properties?.[name] !== undefined;
}

/** The schema of a whole object, with metadata as every object has it. */
export function completeSchema(
  schema: JsonSchema | undefined,
): JsonSchema | undefined {
  return schema?.properties?.metadata === objectMeta || !schema
    ? schema
    : {
        ...schema,
        properties: {
          ...schema.properties,
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: objectMeta,
        },
      };
}

/** How server-side apply sees a list. */
export function listKind(
  schema: JsonSchema | undefined,
): 'atomic' | 'set' | 'map' {
  return schema?.['x-kubernetes-list-type'] ?? 'atomic';
}

/** Values that stand in for absent parts of a list key. */
const keyDefaults: Record<string, unknown> = { protocol: 'TCP' };

/** The key of an element of a keyed list. */
export function elementKey(
  schema: JsonSchema | undefined,
  element: unknown,
): JsonObject {
  const key: JsonObject = {};
  const names = [...(schema?.['x-kubernetes-list-map-keys'] ?? [])].sort();
  for (const name of names) {
    key[name] =
      (isObject(element) ? element[name] : undefined) ??
      keyDefaults[name] ??
      null;
  }
  return key;
}
