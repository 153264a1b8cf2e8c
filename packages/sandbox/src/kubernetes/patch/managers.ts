import type { KubernetesObject } from '../store';
import { asObjects, asText, type JsonObject } from '../values';
import { FieldSet } from './field-set';

/** One entry of `managedFields`: who owns which fields. */
export interface Manager {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time?: string;
  subresource?: string;
  fields: FieldSet;
}

/** Reads the managers of an object. */
export function parseManagers(object: KubernetesObject): Manager[] {
  return asObjects(object.metadata.managedFields).map(entry => ({
    manager: asText(entry.manager) ?? '',
    operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
    apiVersion: asText(entry.apiVersion) ?? '',
    time: asText(entry.time),
    subresource: asText(entry.subresource),
    fields: FieldSet.parse(entry.fieldsV1),
  }));
}

/** Writes managers as `metadata.managedFields`; those that own nothing are left out. */
export function formatManagers(managers: readonly Manager[]): JsonObject[] {
  return managers
    .filter(entry => !entry.fields.isEmpty)
    .map(({ manager, operation, apiVersion, time, subresource, fields }) => ({
      manager,
      operation,
      apiVersion,
      ...(time ? { time } : {}),
      fieldsType: 'FieldsV1',
      fieldsV1: fields.toJSON(),
      ...(subresource ? { subresource } : {}),
    }));
}

/** The object with these managers; without any the field is left out. */
export function withManagers(
  object: KubernetesObject,
  managers: readonly Manager[],
): KubernetesObject {
  const metadata = { ...object.metadata };
  const entries = formatManagers(managers);
  if (entries.length > 0) {
    metadata.managedFields = entries;
  } else {
    delete metadata.managedFields;
  }
  return { ...object, metadata };
}

/** Whether two entries stand for the same manager. */
export function isSameManager(left: Manager, right: Manager): boolean {
  return (
    left.manager === right.manager &&
    left.operation === right.operation &&
    (left.subresource ?? '') === (right.subresource ?? '') &&
    (left.operation === 'Apply' || left.apiVersion === right.apiVersion)
  );
}

/** A manager the way conflict messages name it. */
export function describeManager(entry: Manager): string {
  const name = entry.subresource
    ? `"${entry.manager}" with subresource "${entry.subresource}"`
    : `"${entry.manager}"`;
  if (entry.operation === 'Apply') {
    return name;
  }
  return `${name} using ${entry.apiVersion}`;
}

const unownedMetadata = [
  'name',
  'namespace',
  'uid',
  'selfLink',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'resourceVersion',
  'managedFields',
];

/** Takes out what nobody owns: names, and what only the server sets. */
export function ownable(set: FieldSet): FieldSet {
  const result = new FieldSet().union(set);
  result.children.delete('f:apiVersion');
  result.children.delete('f:kind');
  const metadata = result.children.get('f:metadata');
  if (metadata) {
    const own = new FieldSet().union(metadata);
    unownedMetadata.forEach(name => own.children.delete(`f:${name}`));
    own.member = false;
    if (own.isEmpty) {
      result.children.delete('f:metadata');
    } else {
      result.children.set('f:metadata', own);
    }
  }
  return result;
}
