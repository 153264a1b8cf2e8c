import type { JsonSchema } from '../schema/schema';
import { propertySchema } from '../schema/navigate';
import { asList, isObject, sameJson, type JsonObject } from '../values';

const orderPrefix = '$setElementOrder/';
const removePrefix = '$deleteFromPrimitiveList/';

/** Puts elements in a given order; what the order does not name keeps its place at the end. */
function reorder(
  list: unknown[],
  order: unknown[],
  identity: (value: unknown) => unknown,
): unknown[] {
  const rank = new Map(
    order.map((entry, index) => [JSON.stringify(identity(entry)), index]),
  );
  return list
    .map((entry, index) => ({
      entry,
      index,
      rank: rank.get(JSON.stringify(identity(entry))) ?? order.length,
    }))
    .sort((left, right) => left.rank - right.rank || left.index - right.index)
    .map(({ entry }) => entry);
}

function mergeKeyed(
  target: unknown[],
  patch: unknown[],
  key: string,
  items: JsonSchema | undefined,
): unknown[] {
  let result = [...target];
  if (patch.some(entry => isObject(entry) && entry.$patch === 'replace')) {
    return patch.filter(
      entry => !(isObject(entry) && entry.$patch === 'replace'),
    );
  }
  for (const entry of patch) {
    if (!isObject(entry)) {
      result.push(entry);
      continue;
    }
    const index = result.findIndex(
      other => isObject(other) && sameJson(other[key], entry[key]),
    );
    if (entry.$patch === 'delete') {
      result = result.filter((_other, position) => position !== index);
    } else if (index < 0) {
      result.push(strategicMerge(undefined, entry, items));
    } else {
      result[index] = strategicMerge(result[index], entry, items);
    }
  }
  return result;
}

function mergeList(
  target: unknown,
  patch: unknown[],
  schema: JsonSchema | undefined,
): unknown[] {
  if (schema?.['x-kubernetes-patch-strategy'] !== 'merge') {
    return patch;
  }
  const before = asList(target);
  const key = schema['x-kubernetes-patch-merge-key'];
  if (key !== undefined) {
    return mergeKeyed(before, patch, key, schema.items);
  }
  const added = patch.filter(
    entry => !before.some(other => sameJson(other, entry)),
  );
  return [...before, ...added];
}

/** Instructions that stand beside the fields of a patch. */
function applyDirectives(
  result: JsonObject,
  patch: JsonObject,
  schema: JsonSchema | undefined,
): void {
  for (const [name, value] of Object.entries(patch)) {
    const field = name.slice(name.indexOf('/') + 1);
    const list = result[field];
    if (!Array.isArray(list) || !Array.isArray(value)) {
      continue;
    }
    if (name.startsWith(removePrefix)) {
      result[field] = list.filter(
        entry => !value.some(removed => sameJson(removed, entry)),
      );
    } else if (name.startsWith(orderPrefix)) {
      const key = propertySchema(schema, field)?.[
        'x-kubernetes-patch-merge-key'
      ];
      result[field] = reorder(list, value, entry =>
        key !== undefined && isObject(entry) ? entry[key] : entry,
      );
    }
  }
  const retained = patch.$retainKeys;
  if (Array.isArray(retained)) {
    for (const name of Object.keys(result)) {
      if (!retained.includes(name)) {
        delete result[name];
      }
    }
  }
}

/**
 * Kubernetes' strategic merge patch: lists with a merge key are merged by it,
 * lists of values are united, everything else is replaced; null removes.
 * The `$patch`, `$retainKeys`, `$setElementOrder` and
 * `$deleteFromPrimitiveList` instructions are obeyed.
 */
export function strategicMerge(
  target: unknown,
  patch: unknown,
  schema: JsonSchema | undefined,
): unknown {
  if (Array.isArray(patch)) {
    return mergeList(target, patch, schema);
  }
  if (!isObject(patch)) {
    return patch;
  }
  if (patch.$patch === 'delete') {
    return {};
  }
  const result: JsonObject =
    isObject(target) && patch.$patch !== 'replace' ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith('$')) {
      continue;
    }
    if (value === null) {
      delete result[name];
    } else if (isObject(value) && value.$patch === 'delete') {
      delete result[name];
    } else {
      result[name] = strategicMerge(
        result[name],
        value,
        propertySchema(schema, name),
      );
    }
  }
  applyDirectives(result, patch, schema);
  return result;
}
