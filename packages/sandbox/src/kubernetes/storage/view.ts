import type { KubernetesObject } from '../store';
import { apiVersionOf, type ResourceType } from '../resources/resource';

const encoded = new WeakMap<KubernetesObject, string>();

/** JSON without `kind` and `apiVersion`, kept while a stored object lives. */
function encodeBare(object: KubernetesObject): string {
  let json = encoded.get(object);
  if (json === undefined) {
    json = JSON.stringify({
      ...object,
      kind: undefined,
      apiVersion: undefined,
    });
    if (Object.isFrozen(object)) {
      encoded.set(object, json);
    }
  }
  return json;
}

/**
 * The object as served under one of its versions. All versions of a kind
 * have the same fields here, so that only `apiVersion` differs.
 */
export function inVersion(
  object: KubernetesObject,
  type: ResourceType,
  version: string,
): KubernetesObject {
  const apiVersion = apiVersionOf(type.group, version);
  const converted = type.fromStorage?.(object) ?? object;
  return converted.apiVersion === apiVersion && converted.kind === type.kind
    ? converted
    : { ...converted, apiVersion, kind: type.kind };
}

/** JSON of an object under one of its versions. */
export function encode(
  object: KubernetesObject,
  type: ResourceType,
  version: string,
): string {
  const bare = encodeBare(type.fromStorage?.(object) ?? object);
  const apiVersion = apiVersionOf(type.group, version);
  return `{"kind":"${type.kind}","apiVersion":"${apiVersion}",${bare.slice(1)}`;
}

/**
 * JSON of an object inside a list: the API server leaves `kind` and
 * `apiVersion` out of the items of its own kinds, and keeps them for custom ones.
 */
export function encodeItem(
  object: KubernetesObject,
  type: ResourceType,
  version: string,
): string {
  return type.custom
    ? encode(object, type, version)
    : encodeBare(type.fromStorage?.(object) ?? object);
}

/** JSON of an object's metadata alone, as `PartialObjectMetadata`. */
export function encodeMetadata(object: KubernetesObject): string {
  return JSON.stringify({
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: object.metadata,
  });
}
