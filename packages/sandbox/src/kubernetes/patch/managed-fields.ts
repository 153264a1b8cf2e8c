import type { Exchange } from '../http/context';
import { apiVersionOf } from '../resources/resource';
import { completeSchema } from '../schema/navigate';
import type { JsonSchema } from '../schema/schema';
import { timestamp } from '../storage/timestamp';
import type { KubernetesObject } from '../store';
import { collect, compare } from './collect';
import {
  isSameManager,
  ownable,
  parseManagers,
  withManagers,
  type Manager,
} from './managers';
import { FieldSet } from './field-set';

/** The schema of the kind that a request is about. */
export function targetSchema({ target }: Exchange): JsonSchema | undefined {
  const { type, version } = target;
  const served = type.versions.find(entry => entry.name === version);
  return completeSchema(served?.schema);
}

/** Who writes: the `fieldManager` parameter, or the program's name. */
export function managerOf(
  exchange: Exchange,
  operation: Manager['operation'],
  fields: FieldSet,
): Manager {
  const { context, query, request, target } = exchange;
  const agent = request.headers['user-agent'] ?? 'unknown';
  return {
    manager: query.get('fieldManager') || agent.split('/')[0],
    operation,
    apiVersion: apiVersionOf(target.type.group, target.version),
    time: timestamp(context.clock.now()),
    ...(target.subresource ? { subresource: target.subresource } : {}),
    fields,
  };
}

/** Records who set the fields of a new object. */
export function trackCreate(
  exchange: Exchange,
  object: KubernetesObject,
): KubernetesObject {
  const fields = ownable(collect(object, targetSchema(exchange)));
  return withManagers(object, [managerOf(exchange, 'Update', fields)]);
}

/** Takes changed and removed fields from their owners, and gives the changed ones to a writer. */
export function trackUpdate(
  exchange: Exchange,
  next: KubernetesObject,
  current: KubernetesObject,
): KubernetesObject {
  const difference = compare(
    { ...current, metadata: { ...current.metadata } },
    next,
    targetSchema(exchange),
  );
  const changed = ownable(difference.changed);
  const removed = ownable(difference.removed);
  const given = next.metadata.managedFields;
  const managers =
    Array.isArray(given) && given.length === 0 ? [] : parseManagers(current);
  if (changed.isEmpty && removed.isEmpty) {
    return withManagers(next, managers);
  }
  const writer = managerOf(exchange, 'Update', changed);
  const others: Manager[] = managers.map(entry =>
    isSameManager(entry, writer)
      ? { ...entry, fields: entry.fields.without(removed) }
      : { ...entry, fields: entry.fields.without(removed).without(changed) },
  );
  const own = others.find(entry => isSameManager(entry, writer));
  if (changed.isEmpty) {
    return withManagers(next, others);
  }
  return withManagers(
    next,
    own
      ? others.map(entry =>
          entry === own
            ? { ...writer, fields: own.fields.union(changed) }
            : entry,
        )
      : [...others, writer],
  );
}
