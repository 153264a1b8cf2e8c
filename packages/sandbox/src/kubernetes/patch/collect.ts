import type { JsonSchema } from '../schema/schema';
import {
  elementKey,
  isDeclared,
  listKind,
  propertySchema,
} from '../schema/navigate';
import { isObject, sameJson } from '../values';
import { FieldSet } from './field-set';

/** The step that leads to an element of a list. */
export function elementStep(
  schema: JsonSchema | undefined,
  element: unknown,
): string {
  return listKind(schema) === 'map'
    ? `k:${JSON.stringify(elementKey(schema, element))}`
    : `v:${JSON.stringify(element)}`;
}

function isAtomic(value: unknown, schema: JsonSchema | undefined): boolean {
  if (Array.isArray(value)) {
    return listKind(schema) === 'atomic';
  }
  return !isObject(value) || schema?.['x-kubernetes-map-type'] === 'atomic';
}

/** The paths of everything that a value says. */
export function collect(
  value: unknown,
  schema: JsonSchema | undefined,
): FieldSet {
  if (isAtomic(value, schema)) {
    return FieldSet.leaf();
  }
  const set = new FieldSet();
  if (Array.isArray(value)) {
    for (const element of value) {
      const child = isObject(element)
        ? collect(element, schema?.items)
        : new FieldSet();
      child.member = true;
      set.children.set(elementStep(schema, element), child);
    }
    set.member = value.length === 0;
  } else if (isObject(value)) {
    for (const [name, entry] of Object.entries(value)) {
      if (entry === undefined) {
        continue;
      }
      const child = collect(entry, propertySchema(schema, name));
      if (schema?.additionalProperties && !isDeclared(schema, name)) {
        child.member = true;
      }
      if (!child.isEmpty) {
        set.children.set(`f:${name}`, child);
      }
    }
    set.member = Object.keys(value).length === 0;
  }
  return set;
}

/** What differs between two values: paths that are new or changed, and paths that are gone. */
export interface Difference {
  changed: FieldSet;
  removed: FieldSet;
}

function elementsByStep(
  list: unknown[],
  schema: JsonSchema | undefined,
): Map<string, unknown> {
  return new Map(list.map(entry => [elementStep(schema, entry), entry]));
}

/** Compares two values field by field, as finely as their schema allows. */
export function compare(
  before: unknown,
  after: unknown,
  schema: JsonSchema | undefined,
): Difference {
  const changed = new FieldSet();
  const removed = new FieldSet();
  const granular =
    !isAtomic(before, schema) &&
    !isAtomic(after, schema) &&
    Array.isArray(before) === Array.isArray(after);
  if (!granular) {
    if (before === undefined) {
      return { changed: collect(after, schema), removed };
    }
    if (after === undefined) {
      return { changed, removed: collect(before, schema) };
    }
    changed.member = !sameJson(before, after);
    return { changed, removed };
  }
  const [left, right] =
    Array.isArray(before) && Array.isArray(after)
      ? [elementsByStep(before, schema), elementsByStep(after, schema)]
      : [fieldsByStep(before), fieldsByStep(after)];
  for (const step of new Set([...left.keys(), ...right.keys()])) {
    const below = Array.isArray(before)
      ? schema?.items
      : propertySchema(schema, step.slice(2));
    const difference = compare(left.get(step), right.get(step), below);
    if (Array.isArray(before) && !left.has(step)) {
      difference.changed.member = true;
    }
    if (Array.isArray(before) && !right.has(step)) {
      difference.removed.member = true;
    }
    if (!difference.changed.isEmpty) {
      changed.children.set(step, difference.changed);
    }
    if (!difference.removed.isEmpty) {
      removed.children.set(step, difference.removed);
    }
  }
  return { changed, removed };
}

function fieldsByStep(value: unknown): Map<string, unknown> {
  return new Map(
    Object.entries(isObject(value) ? value : {})
      .filter(([, entry]) => entry !== undefined)
      .map(([name, entry]) => [`f:${name}`, entry]),
  );
}
