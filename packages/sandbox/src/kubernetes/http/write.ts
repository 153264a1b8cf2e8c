import { withoutGeneration } from '../resources/generation';
import { collectionOf, type ResourceType } from '../resources/resource';
import type { KubernetesObject } from '../store';
import { timestamp } from '../storage/timestamp';
import { sameJson } from '../values';
import type { Exchange } from './context';
import { isDryRun } from './dry-run';
import { conflict, notFound, staleVersion } from './status-error';

/** The stored object that a request names; 404 when there is none. */
export function stored(exchange: Exchange): KubernetesObject {
  const { context, target } = exchange;
  const { type, namespace, name = '' } = target;
  const found = type.compute
    ? type.compute(namespace).find(object => object.metadata.name === name)
    : context.store.get(collectionOf(type), namespace, name);
  if (!found) {
    throw notFound(type, name);
  }
  return found;
}

/** Refuses an update based on another version than the stored one. */
export function checkVersion(
  type: ResourceType,
  current: KubernetesObject,
  expected: { resourceVersion?: string; uid?: string },
): void {
  const { name, uid, resourceVersion } = current.metadata;
  if (expected.uid && expected.uid !== uid) {
    throw conflict(
      type,
      name,
      `Precondition failed: UID in precondition: ${expected.uid}, UID in object meta: ${uid}`,
    );
  }
  if (
    expected.resourceVersion &&
    expected.resourceVersion !== resourceVersion
  ) {
    throw staleVersion(type, name);
  }
}

/** Refuses a deletion whose preconditions do not hold. */
export function checkPreconditions(
  type: ResourceType,
  current: KubernetesObject,
  expected: { resourceVersion?: string; uid?: string },
): void {
  const { name, uid, resourceVersion } = current.metadata;
  const subject = { group: type.group, plural: type.kind };
  if (expected.uid && expected.uid !== uid) {
    throw conflict(
      subject,
      name,
      `the UID in the precondition (${expected.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
  }
  if (
    expected.resourceVersion &&
    expected.resourceVersion !== resourceVersion
  ) {
    throw conflict(
      subject,
      name,
      `the ResourceVersion in the precondition (${expected.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
    );
  }
}

/** Metadata that only the server sets: kept from the stored object. */
export function keepServerMetadata(
  object: KubernetesObject,
  previous: KubernetesObject | undefined,
): KubernetesObject {
  const metadata = { ...object.metadata };
  for (const field of [
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'generation',
    'selfLink',
  ]) {
    const kept = previous?.metadata[field];
    if (kept === undefined) {
      delete metadata[field];
    } else {
      metadata[field] = kept;
    }
  }
  delete metadata.resourceVersion;
  return { ...object, metadata };
}

/**
 * Stores an object, or answers what would be stored in a dry run. An update
 * that leaves no finalizer on a deleted object removes it.
 */
export function store(
  exchange: Exchange,
  object: KubernetesObject,
  previous?: KubernetesObject,
): KubernetesObject {
  const { context, query, target } = exchange;
  const resource = collectionOf(target.type);
  const { namespace, name } = object.metadata;
  if (isDryRun(query)) {
    return preview(exchange, object, previous);
  }
  if (
    previous?.metadata.deletionTimestamp &&
    previous.metadata.finalizers?.length &&
    !object.metadata.finalizers?.length &&
    !object.metadata.deletionGracePeriodSeconds
  ) {
    context.store.put(resource, object);
    return context.store.delete(resource, namespace, name) ?? object;
  }
  return context.store.put(resource, object);
}

function preview(
  exchange: Exchange,
  object: KubernetesObject,
  previous?: KubernetesObject,
): KubernetesObject {
  const { context, target } = exchange;
  const { store: memory } = context;
  const resource = collectionOf(target.type);
  const prepared = memory.prepare(resource, object);
  const generation = previous
    ? (previous.metadata.generation ?? 1) +
      (sameJson(previous.spec, prepared.spec) ? 0 : 1)
    : 1;
  const resourceVersion = previous?.metadata.resourceVersion;
  return {
    ...prepared,
    metadata: {
      ...prepared.metadata,
      uid: previous?.metadata.uid ?? prepared.metadata.uid,
      creationTimestamp:
        previous?.metadata.creationTimestamp ?? timestamp(context.clock.now()),
      ...(prepared.spec === undefined || withoutGeneration.has(resource)
        ? {}
        : { generation }),
      ...(resourceVersion ? { resourceVersion } : {}),
    },
  };
}
