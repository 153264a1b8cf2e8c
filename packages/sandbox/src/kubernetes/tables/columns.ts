import type { ResourceType } from '../resources/resource';
import type { KubernetesObject } from '../store';
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

const nameColumn: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  cell: object => object.metadata.name,
};

/** How old the object is, as short text. */
export const ageColumn: Column = {
  name: 'Age',
  type: 'string',
  cell: (object, now) => age(object.metadata.creationTimestamp, now),
};

/** The columns of a kind at a version. */
export function columnsOf(_type: ResourceType, _version: string): Column[] {
  return [nameColumn, ageColumn];
}
