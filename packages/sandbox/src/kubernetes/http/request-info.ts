import type { ResourceRegistry } from '../resources/registry';
import type { ResourceType, Verb } from '../resources/resource';
import { methodNotAllowed, unknownPath } from './request-failures';

/** What a request to a resource endpoint asks for. */
export interface ResourceRequest {
  type: ResourceType;
  version: string;
  verb: Verb;
  namespace?: string;
  name?: string;
  subresource?: string;
  /** Path below the subresource `proxy`, starting with a slash. */
  proxiedPath?: string;
}

interface PathParts {
  group: string;
  version: string;
  plural: string;
  namespace?: string;
  name?: string;
  subresource?: string;
  proxiedPath?: string;
}

const ownSubresources = new Set(['status', 'finalize']);

function splitPath(path: string): PathParts | undefined {
  const [root, ...rest] = path
    .split('/')
    .filter(Boolean)
    .map(decodeURIComponent);
  if (!(root === 'api' && rest.length >= 2) && root !== 'apis') {
    return undefined;
  }
  const group = root === 'apis' ? rest.shift() ?? '' : '';
  const [version, ...parts] = rest;
  if (
    parts[0] === 'namespaces' &&
    parts.length >= 3 &&
    !(parts.length === 3 && ownSubresources.has(parts[2]))
  ) {
    const [, namespace, plural, name, subresource, ...below] = parts;
    return {
      group,
      version,
      namespace,
      plural,
      name,
      subresource,
      ...(subresource === 'proxy'
        ? { proxiedPath: `/${below.join('/')}` }
        : {}),
    };
  }
  const [plural, name, subresource] = parts;
  return { group, version, plural, name, subresource };
}

/** Whether a path leads below a group version, to a resource. */
export function isResourcePath(path: string): boolean {
  const parts = path.split('/').filter(Boolean);
  return (
    (parts[0] === 'api' && parts.length > 2) ||
    (parts[0] === 'apis' && parts.length > 3)
  );
}

function verbOf(
  method: string,
  named: boolean,
  watching: boolean,
): Verb | undefined {
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (watching) {
        return 'watch';
      }
      return named ? 'get' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return named ? 'update' : undefined;
    case 'PATCH':
      return named ? 'patch' : undefined;
    case 'DELETE':
      return named ? 'delete' : 'deletecollection';
    default:
      return undefined;
  }
}

/** Reads method, path and query of a resource endpoint; refuses unknown ones. */
export function parseResourceRequest(
  registry: ResourceRegistry,
  method: string,
  path: string,
  query: URLSearchParams,
): ResourceRequest {
  const parts = splitPath(path);
  const found =
    parts && registry.find(parts.group, parts.version, parts.plural);
  if (!parts || !found) {
    throw unknownPath();
  }
  const { namespace, name, subresource, proxiedPath } = parts;
  const { type, version } = found;
  if (!type.namespaced && namespace !== undefined) {
    throw unknownPath();
  }
  if (type.namespaced && name !== undefined && namespace === undefined) {
    throw unknownPath();
  }
  const watching =
    name === undefined && ['1', 'true'].includes(query.get('watch') ?? '');
  const verb = verbOf(method, name !== undefined, watching);
  if (!verb || (verb === 'create' && name !== undefined && !subresource)) {
    throw methodNotAllowed();
  }
  if (
    verb === 'create' &&
    type.namespaced &&
    namespace === undefined &&
    !subresource
  ) {
    throw methodNotAllowed();
  }
  if (!subresource && !type.verbs.includes(verb)) {
    throw methodNotAllowed();
  }
  return {
    type,
    version,
    verb,
    ...(namespace !== undefined ? { namespace } : {}),
    ...(name !== undefined ? { name } : {}),
    ...(subresource !== undefined ? { subresource } : {}),
    ...(proxiedPath !== undefined ? { proxiedPath } : {}),
  };
}
