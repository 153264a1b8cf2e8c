import { encode } from '../storage/view';
import type { KubernetesObject } from '../store';
import { sendObject } from './answer';
import { admit } from './admission';
import { readObject } from './body';
import type { Exchange } from './context';
import { asManifest, checkName } from './manifest';
import { invalid } from './status-error';
import { badRequest } from './request-failures';
import { checkVersion, keepServerMetadata, store, stored } from './write';
import { trackUpdate } from '../patch/managed-fields';

/** Which half of an object a write may change. */
export function confine(
  next: KubernetesObject,
  current: KubernetesObject,
  exchange: Exchange,
): KubernetesObject {
  const { type, subresource } = exchange.target;
  if (subresource === 'status') {
    return {
      ...current,
      metadata: {
        ...current.metadata,
        ...(next.metadata.managedFields
          ? { managedFields: next.metadata.managedFields }
          : {}),
      },
      status: next.status,
    };
  }
  if (!type.hasStatus) {
    return next;
  }
  const confined = { ...next };
  if (current.status === undefined) {
    delete confined.status;
  } else {
    confined.status = current.status;
  }
  return confined;
}

/** Replaces an object by a changed one, with every check an update gets. */
export function replaceObject(
  exchange: Exchange,
  next: KubernetesObject,
  current: KubernetesObject,
): KubernetesObject {
  const { type } = exchange.target;
  checkVersion(type, current, {
    resourceVersion: next.metadata.resourceVersion,
    uid: next.metadata.uid,
  });
  const kept = keepServerMetadata(confine(next, current, exchange), current);
  const admitted = admit(exchange, kept, current);
  return store(exchange, trackUpdate(exchange, admitted, current), current);
}

/** Answers an update request: the whole object, or its status. */
export async function update(exchange: Exchange): Promise<void> {
  const { request, response, target } = exchange;
  const { type, version, name = '' } = target;
  const body = await readObject(request);
  if (!body) {
    throw badRequest(
      'the body of the request was empty: an object is expected',
    );
  }
  const manifest = asManifest(exchange, body);
  const next = type.toStorage?.(manifest) ?? manifest;
  checkName(exchange, next);
  const current = stored(exchange);
  if (type.custom && !next.metadata.resourceVersion) {
    throw invalid(type.group, type.plural, name, [
      {
        reason: 'FieldValueInvalid',
        field: 'metadata.resourceVersion',
        message: 'Invalid value: 0: must be specified for an update',
      },
    ]);
  }
  const updated = replaceObject(exchange, next, current);
  sendObject(response, 200, undefined, encode(updated, type, version));
}
