import type { JsonSchema } from '../schema/schema';
import { listKind, propertySchema } from '../schema/navigate';
import { isObject, type JsonObject } from '../values';
import { elementStep } from './collect';
import type { FieldSet } from './field-set';

/** Lays an applied configuration over a live value. */
export function mergeApplied(
  live: unknown,
  applied: unknown,
  schema: JsonSchema | undefined,
): unknown {
  if (isObject(applied)) {
    if (!isObject(live) || schema?.['x-kubernetes-map-type'] === 'atomic') {
      return applied;
    }
    const result: JsonObject = { ...live };
    for (const [name, value] of Object.entries(applied)) {
      result[name] = mergeApplied(
        live[name],
        value,
        propertySchema(schema, name),
      );
    }
    return result;
  }
  if (
    Array.isArray(applied) &&
    Array.isArray(live) &&
    listKind(schema) !== 'atomic'
  ) {
    const merged = new Map(
      live.map(element => [elementStep(schema, element), element]),
    );
    for (const element of applied) {
      const step = elementStep(schema, element);
      merged.set(step, mergeApplied(merged.get(step), element, schema?.items));
    }
    return [...merged.values()];
  }
  return applied;
}

function removeElements(
  list: unknown[],
  gone: FieldSet,
  kept: FieldSet | undefined,
  schema: JsonSchema | undefined,
): unknown[] {
  return list.flatMap(element => {
    const step = elementStep(schema, element);
    const below = gone.children.get(step);
    const others = kept?.children.get(step);
    if (!below) {
      return [element];
    }
    return below.member && !others
      ? []
      : [removeFields(element, below, others, schema?.items)];
  });
}

/**
 * Takes away the fields of one set, except what another set holds on to. A
 * container that this leaves empty goes as well.
 */
export function removeFields(
  value: unknown,
  gone: FieldSet,
  kept: FieldSet | undefined,
  schema: JsonSchema | undefined,
): unknown {
  if (Array.isArray(value)) {
    return removeElements(value, gone, kept, schema);
  }
  if (!isObject(value)) {
    return value;
  }
  const result: JsonObject = { ...value };
  for (const [step, below] of gone.children) {
    const name = step.slice(2);
    const others = kept?.children.get(step);
    if (!(name in result)) {
      continue;
    }
    if (below.children.size === 0) {
      if (!others) {
        delete result[name];
      }
      continue;
    }
    const left = removeFields(
      result[name],
      below,
      others,
      propertySchema(schema, name),
    );
    const empty =
      (isObject(left) && Object.keys(left).length === 0) ||
      (Array.isArray(left) && left.length === 0);
    if (empty && !others) {
      delete result[name];
    } else {
      result[name] = left;
    }
  }
  return result;
}
