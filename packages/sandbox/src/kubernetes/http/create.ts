import { collectionOf } from '../resources/resource';
import { encode } from '../storage/view';
import type { KubernetesObject } from '../store';
import { asText } from '../values';
import { sendObject } from './answer';
import { readObject } from './body';
import type { Exchange } from './context';
import { asManifest } from './manifest';
import { alreadyExists, forbidden, invalid, notFound } from './status-error';
import { badRequest } from './request-failures';
import { keepServerMetadata, store } from './write';
import { admit } from './admission';
import { trackCreate } from '../patch/managed-fields';

/** Refuses objects for a namespace that is missing or going away. */
export function checkNamespace(exchange: Exchange): void {
  const { context, target } = exchange;
  const { namespace, type } = target;
  if (!type.namespaced || namespace === undefined) {
    return;
  }
  const found = context.store.get('namespaces', undefined, namespace);
  if (!found) {
    throw notFound({ group: '', plural: 'namespaces' }, namespace);
  }
  if (found.metadata.deletionTimestamp) {
    throw forbidden(
      type,
      undefined,
      `unable to create new content in namespace ${namespace} because it is being terminated`,
    );
  }
}

function named(exchange: Exchange, object: KubernetesObject): KubernetesObject {
  const { context, target } = exchange;
  const { type } = target;
  if (object.metadata.name) {
    return object;
  }
  const prefix = asText(object.metadata.generateName);
  if (!prefix) {
    throw invalid(type.group, type.kind, '', [
      {
        reason: 'FieldValueRequired',
        field: 'metadata.name',
        message: 'Required value: name or generateName is required',
      },
    ]);
  }
  const name = `${prefix.slice(0, 58)}${context.store.newSuffix()}`;
  return { ...object, metadata: { ...object.metadata, name } };
}

/** Kinds whose status a new object may bring along. */
const keepsStatusOnCreate = new Set(['nodes', 'namespaces']);

/** Stores a new object after defaults and checks; 409 when the name is taken. */
export function createObject(
  exchange: Exchange,
  object: KubernetesObject,
  track: (exchange: Exchange, object: KubernetesObject) => KubernetesObject,
): KubernetesObject {
  const { context, target } = exchange;
  const { type } = target;
  checkNamespace(exchange);
  const complete = named(exchange, object);
  const { namespace, name, resourceVersion } = complete.metadata;
  if (resourceVersion) {
    throw badRequest(
      'resourceVersion should not be set on objects to be created',
    );
  }
  const clean = keepServerMetadata(complete, undefined);
  if (type.hasStatus && !keepsStatusOnCreate.has(collectionOf(type))) {
    delete clean.status;
  }
  clean.metadata.uid = context.store.newUid();
  delete clean.metadata.managedFields;
  // An apply owns what was applied; any other create owns defaults as well.
  const admitted =
    track === trackCreate
      ? track(exchange, admit(exchange, clean, undefined))
      : admit(exchange, track(exchange, clean), undefined);
  if (context.store.get(collectionOf(type), namespace, name)) {
    throw alreadyExists(type, name);
  }
  return store(exchange, admitted);
}

/** Answers a create request. */
export async function create(exchange: Exchange): Promise<void> {
  const { request, response, target } = exchange;
  const body = await readObject(request);
  if (!body) {
    throw badRequest(
      'the body of the request was empty: an object is expected',
    );
  }
  const manifest = asManifest(exchange, body);
  const object = target.type.toStorage?.(manifest) ?? manifest;
  const created = createObject(exchange, object, trackCreate);
  sendObject(
    response,
    201,
    undefined,
    encode(created, target.type, target.version),
  );
}
