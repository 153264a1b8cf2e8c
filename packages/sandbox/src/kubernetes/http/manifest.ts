import { apiVersionOf } from '../resources/resource';
import type { KubernetesObject, ObjectMeta } from '../store';
import { asText, at, isObject, type JsonObject } from '../values';
import { invalidValue } from '../validation/cause';
import type { Exchange } from './context';
import { invalid } from './status-error';
import { badRequest } from './request-failures';

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
    if (kind === '') {
      throw badRequest(
        `the object provided is unrecognized (must be of type ${type.kind}): Object 'Kind' is missing`,
      );
    }
    if (type.custom && given === apiVersion) {
      throw invalid(type.group, kind, asText(at(body, 'metadata.name')) ?? '', [
        invalidValue('kind', kind, `must be ${type.kind}`),
      ]);
    }
    if (kind === type.kind) {
      throw badRequest(
        `the API version in the data (${given}) does not match the expected API version (${apiVersion})`,
      );
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
  const { name } = exchange.target;
  if (name !== undefined && object.metadata.name !== name) {
    if (object.metadata.name === '') {
      throw badRequest(
        `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
      );
    }
    throw badRequest(
      `the name of the object (${object.metadata.name}) does not match the name on the URL (${name})`,
    );
  }
}
