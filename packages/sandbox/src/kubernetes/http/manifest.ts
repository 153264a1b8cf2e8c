import { apiVersionOf } from '../resources/resource';
import type { KubernetesObject, ObjectMeta } from '../store';
import { asText, isObject, type JsonObject } from '../values';
import type { Exchange } from './context';
import { badRequest, invalid } from './status-error';

/** The caller's object as one of the requested kind; 400 when it is another. */
export function asManifest(
  exchange: Exchange,
  body: JsonObject,
): KubernetesObject {
  const { type, version, namespace } = exchange.target;
  const apiVersion = apiVersionOf(type.group, version);
  const kind = asText(body.kind) ?? '';
  const given = asText(body.apiVersion) ?? '';
  if (kind !== type.kind || given !== apiVersion) {
    if (kind === '' && given === '' && !type.custom) {
      return withMetadata(exchange, body, namespace, apiVersion);
    }
    throw badRequest(
      `${kind || 'object'} in version "${given}" cannot be handled as a ${
        type.kind
      }: expected ${type.kind} of ${apiVersion}`,
    );
  }
  return withMetadata(exchange, body, namespace, apiVersion);
}

function withMetadata(
  exchange: Exchange,
  body: JsonObject,
  namespace: string | undefined,
  apiVersion: string,
): KubernetesObject {
  const { type } = exchange.target;
  if (body.metadata !== undefined && !isObject(body.metadata)) {
    throw badRequest('metadata: expected an object');
  }
  const given: JsonObject = { ...body.metadata };
  const givenNamespace = asText(given.namespace) || undefined;
  if (namespace && givenNamespace && givenNamespace !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  const metadata: ObjectMeta = {
    ...given,
    name: asText(given.name) ?? '',
  };
  delete metadata.namespace;
  if (type.namespaced && namespace) {
    metadata.namespace = namespace;
  }
  if (given.creationTimestamp === null) {
    delete metadata.creationTimestamp;
  }
  return { ...body, apiVersion, kind: type.kind, metadata };
}

/** The name that an update or patch must keep. */
export function checkName(exchange: Exchange, object: KubernetesObject): void {
  const { type, name } = exchange.target;
  if (name !== undefined && object.metadata.name !== name) {
    if (object.metadata.name === '') {
      throw invalid(type.group, type.kind, name, [
        {
          reason: 'FieldValueRequired',
          field: 'metadata.name',
          message: 'Required value: name is required',
        },
      ]);
    }
    throw badRequest(
      `the name of the object (${object.metadata.name}) does not match the name on the URL (${name})`,
    );
  }
}
