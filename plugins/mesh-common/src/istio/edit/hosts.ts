import { serviceOfHost } from '../../graph/hosts';
import type { MeshObject } from './types';

/**
 * One spelling of a host for all: `name.namespace.svc` for a Kubernetes
 * Service however it is written, the host itself for any other.
 *
 * @param namespace - what a short name is relative to: the namespace of the
 *   object that names the host
 * @public
 */
export function resolveHost(host: string, namespace: string): string {
  const service = serviceOfHost(host, namespace);
  return service ? `${service.name}.${service.namespace}.svc` : host;
}

/** The namespace that short host names in an object are relative to. */
export function namespaceOf(object: MeshObject): string {
  return object.metadata.namespace ?? 'default';
}
