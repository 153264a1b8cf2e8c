import type { KubernetesObject } from '../store';
import { asText, at } from '../values';
import { age } from './age';

/** One column of a kind's table. */
export interface Column {
  name: string;
  type: string;
  format?: string;
  description?: string;
  /** Higher than 0 shows only in the wide output. */
  priority?: number;
  cell(object: KubernetesObject, now: number): unknown;
}

/** A column of text. */
export function textColumn(
  name: string,
  cell: Column['cell'],
  priority = 0,
): Column {
  return { name, type: 'string', priority, cell };
}

/** A column of whole numbers. */
export function countColumn(name: string, path: string): Column {
  return { name, type: 'integer', cell: object => at(object, path) ?? 0 };
}

/** A count that its table shows as text. */
export function countText(name: string, path: string): Column {
  return textColumn(name, object => at(object, path) ?? 0);
}

/** A column with the text at a path, or `<none>`. */
export function pathColumn(name: string, path: string, priority = 0): Column {
  return textColumn(
    name,
    object => asText(at(object, path)) || '<none>',
    priority,
  );
}

/** The object's name. */
export const nameColumn: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'Name must be unique within a namespace.',
  cell: object => object.metadata.name,
};

/** How old the object is, as short text. */
export const ageColumn: Column = {
  name: 'Age',
  type: 'string',
  description: 'Time since the object was created.',
  cell: (object, now) => age(object.metadata.creationTimestamp, now),
};
