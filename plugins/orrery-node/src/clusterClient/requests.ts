import { RESOURCE_TYPES } from './resourceTypes';
import type {
  ObjectKey,
  Patch,
  PodLogOptions,
  ResourceType,
  WriteOptions,
} from './types';

/** Path of a collection, or of one object when a name is given. */
export function objectPath(
  type: ResourceType,
  namespace: string | undefined,
  name?: string,
  subresource?: string,
): string {
  const root =
    type.group === ''
      ? `/api/${type.version}`
      : `/apis/${type.group}/${type.version}`;
  const scope =
    type.namespaced && namespace
      ? `/namespaces/${encodeURIComponent(namespace)}`
      : '';
  const object = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  const part = subresource ? `/${subresource}` : '';
  return `${root}${scope}/${type.plural}${object}${part}`;
}

/** Path of an HTTP request to a pod through the API server. */
export function podProxyPath(
  { namespace, name }: ObjectKey,
  port: number,
  path: string,
): string {
  return `${objectPath(
    RESOURCE_TYPES.pods,
    namespace,
    name,
  )}:${port}/proxy/${path}`;
}

/** Query parameters of a write. */
export function writeQuery(options: WriteOptions): URLSearchParams {
  const query = new URLSearchParams();
  if (options.dryRun) {
    query.set('dryRun', 'All');
  }
  if (options.fieldManager) {
    query.set('fieldManager', options.fieldManager);
  }
  return query;
}

/** Body and media type of a patch. */
export function patchBody(patch: Patch): { body: object; contentType: string } {
  switch (patch.type) {
    case 'json':
      return {
        body: patch.operations,
        contentType: 'application/json-patch+json',
      };
    case 'merge':
      return {
        body: patch.patch,
        contentType: 'application/merge-patch+json',
      };
    case 'strategic':
      return {
        body: patch.patch,
        contentType: 'application/strategic-merge-patch+json',
      };
    default:
      // JSON is YAML, so the object can be sent as it is.
      return {
        body: patch.object,
        contentType: 'application/apply-patch+yaml',
      };
  }
}

/** Path and query of a container's log. */
export function podLogRequest(
  { namespace, name }: ObjectKey,
  options: PodLogOptions & { follow?: boolean },
): { path: string; query: URLSearchParams } {
  const query = new URLSearchParams({ timestamps: 'true' });
  for (const field of [
    'container',
    'tailLines',
    'sinceSeconds',
    'previous',
    'follow',
  ] as const) {
    const value = options[field];
    if (value !== undefined) {
      query.set(field, String(value));
    }
  }
  return {
    path: objectPath(RESOURCE_TYPES.pods, namespace, name, 'log'),
    query,
  };
}
