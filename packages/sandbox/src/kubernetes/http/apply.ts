import { collectionOf } from '../resources/resource';
import { inVersion } from '../storage/view';
import type { KubernetesObject } from '../store';
import type { JsonObject } from '../values';
import { applyNew, applyOver } from '../patch/apply';
import { targetSchema } from '../patch/managed-fields';
import { refuseUntyped } from '../patch/typed';
import { admit } from './admission';
import type { Exchange } from './context';
import { createObject } from './create';
import { asManifest, checkName } from './manifest';
import { isSet } from './revision';
import { invalid, notFound } from './status-error';
import { badRequest } from './request-failures';
import { confine } from './update';
import { checkVersion, keepServerMetadata, store } from './write';

/** The half of a configuration that the endpoint takes: spec and status are apart. */
function ownHalf(
  { target }: Exchange,
  manifest: KubernetesObject,
): KubernetesObject {
  const { status, ...rest } = manifest;
  if (target.subresource === 'status') {
    const { apiVersion, kind, metadata } = manifest;
    return { apiVersion, kind, metadata, ...(status ? { status } : {}) };
  }
  if (!target.type.hasStatus || status === undefined) {
    return manifest;
  }
  return rest;
}

/** Answers an apply patch; an object that is not there yet is created. */
export function apply(
  exchange: Exchange,
  config: JsonObject,
): { object: KubernetesObject; created: boolean } {
  const { context, query, target } = exchange;
  const { type, version, namespace, name = '' } = target;
  if (!query.get('fieldManager')) {
    throw invalid('meta.k8s.io', 'PatchOptions', '', [
      {
        reason: 'FieldValueRequired',
        field: 'fieldManager',
        message: 'Required value: is required for apply patch',
      },
    ]);
  }
  if (!config.kind || !config.apiVersion) {
    throw badRequest(
      `invalid object type: apiVersion and kind are required, got "${
        config.apiVersion ?? ''
      }" and "${config.kind ?? ''}"`,
    );
  }
  const metadata = { name, ...Object(config.metadata) };
  const manifest = asManifest(exchange, { ...config, metadata });
  if (manifest.metadata.managedFields !== undefined) {
    throw badRequest('metadata.managedFields must be nil');
  }
  checkName(exchange, manifest);
  refuseUntyped(manifest, targetSchema(exchange));
  const next = ownHalf(exchange, type.toStorage?.(manifest) ?? manifest);
  const live = context.store.get(collectionOf(type), namespace, name);
  if (!live) {
    if (target.subresource) {
      throw notFound(type, name);
    }
    return {
      object: createObject(exchange, next, applyNew),
      created: true,
    };
  }
  checkVersion(type, live, {
    resourceVersion: next.metadata.resourceVersion,
    uid: next.metadata.uid,
  });
  const visible = inVersion(live, type, version);
  const merged = applyOver(exchange, visible, next, isSet(query, 'force'));
  const kept = keepServerMetadata(confine(merged, live, exchange), live);
  const admitted = admit(exchange, kept, live);
  return { object: store(exchange, admitted, live), created: false };
}
