import type { Exchange } from '../http/context';
import { StatusError, type StatusCause } from '../http/status-error';
import type { KubernetesObject } from '../store';
import { collect, compare } from './collect';
import { FieldSet } from './field-set';
import { managerOf, targetSchema } from './managed-fields';
import {
  describeManager,
  isSameManager,
  ownable,
  parseManagers,
  withManagers,
  type Manager,
} from './managers';
import { mergeApplied, removeFields } from './merge-applied';

interface Conflict {
  manager: Manager;
  fields: FieldSet;
}

function refuse(conflicts: readonly Conflict[]): StatusError {
  const causes: StatusCause[] = conflicts.flatMap(({ manager, fields }) =>
    fields.paths().map(field => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${describeManager(manager)}`,
      field,
    })),
  );
  const message =
    causes.length === 1
      ? `${causes[0].message}: ${causes[0].field}`
      : conflicts
          .map(({ manager, fields }) =>
            [
              `conflicts with ${describeManager(manager)}:`,
              ...fields.paths().map(path => `- ${path}`),
            ].join('\n'),
          )
          .join('\n');
  const plural = causes.length === 1 ? '' : 's';
  return new StatusError(
    409,
    'Conflict',
    `Apply failed with ${causes.length} conflict${plural}: ${message}`,
    { causes },
  );
}

/** Objects stored without owners belong, at the first apply, to whoever made them. */
function managersOf(exchange: Exchange, live: KubernetesObject): Manager[] {
  const managers = parseManagers(live);
  if (managers.length > 0) {
    return managers;
  }
  const { status, ...rest } = live;
  const fields = ownable(collect(rest, targetSchema(exchange)));
  return [
    {
      manager: 'before-first-apply',
      operation: 'Update',
      apiVersion: live.apiVersion,
      time: live.metadata.creationTimestamp,
      fields,
    },
  ];
}

/** Records who set the fields of an object that an apply creates. */
export function applyNew(
  exchange: Exchange,
  config: KubernetesObject,
): KubernetesObject {
  const fields = ownable(collect(config, targetSchema(exchange)));
  return withManagers(config, [managerOf(exchange, 'Apply', fields)]);
}

/**
 * Server-side apply: the configuration is laid over the live object; fields
 * the same manager applied before and now leaves out are removed unless
 * somebody else owns them; changing another manager's field is a conflict
 * unless forced. Follows the merge semantics that Kubernetes documents.
 */
export function applyOver(
  exchange: Exchange,
  live: KubernetesObject,
  config: KubernetesObject,
  force: boolean,
): KubernetesObject {
  const schema = targetSchema(exchange);
  const fields = ownable(collect(config, schema));
  const writer = managerOf(exchange, 'Apply', fields);
  const managers = managersOf(exchange, live);
  const before = managers.find(entry => isSameManager(entry, writer));
  const others = managers.filter(entry => entry !== before);
  const merged = mergeApplied(live, config, schema) as KubernetesObject;
  const changed = ownable(compare(live, merged, schema).changed);
  const conflicts = others
    .map(manager => ({
      manager,
      fields: manager.fields.intersect(changed),
    }))
    .filter(conflict => !conflict.fields.isEmpty);
  if (conflicts.length > 0 && !force) {
    throw refuse(conflicts);
  }
  const remaining = others.map(entry => ({
    ...entry,
    fields: entry.fields.without(changed),
  }));
  const owned = remaining.reduce(
    (set, entry) => set.union(entry.fields),
    fields,
  );
  const left = before ? before.fields.without(fields) : new FieldSet();
  const result = removeFields(merged, left, owned, schema) as KubernetesObject;
  const unchanged =
    before &&
    before.fields.without(fields).isEmpty &&
    fields.without(before.fields).isEmpty &&
    changed.isEmpty;
  return withManagers(
    { ...result, apiVersion: config.apiVersion, kind: config.kind },
    [...remaining, unchanged ? before : writer],
  );
}
