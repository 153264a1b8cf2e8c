import type { ServerResponse } from 'node:http';
import type { ResourceRegistry } from '../resources/registry';
import { apiVersionOf, type ResourceType } from '../resources/resource';
import { completeSchema } from '../schema/navigate';
import { untyped } from '../schema/meta';
import type { JsonSchema } from '../schema/schema';
import type { JsonObject } from '../values';
import { sendObject, sendText } from './answer';
import { notAcceptable } from './request-failures';

const writeParameters = ['dryRun', 'fieldManager', 'fieldValidation'].map(
  name => ({ name, in: 'query', schema: { type: 'string' } }),
);

function schemaName(type: ResourceType, version: string): string {
  const group = type.group || 'core';
  return `${group.split('.').reverse().join('.')}.${version}.${type.kind}`;
}

function operation(
  type: ResourceType,
  version: string,
  action: string,
): JsonObject {
  return {
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': {
      group: type.group,
      version,
      kind: type.kind,
    },
    parameters: writeParameters,
    responses: { '200': { description: 'OK' } },
  };
}

function groupPath(group: string, version: string): string {
  return group ? `apis/${group}/${version}` : `api/${version}`;
}

function groupDocument(
  registry: ResourceRegistry,
  group: string,
  version: string,
): JsonObject {
  const paths: JsonObject = {};
  const schemas: JsonObject = {};
  for (const type of registry.inGroupVersion(group, version)) {
    const served = type.versions.find(entry => entry.name === version);
    const collection = `/${groupPath(group, version)}${
      type.namespaced ? '/namespaces/{namespace}' : ''
    }/${type.plural}`;
    paths[collection] = {
      get: operation(type, version, 'list'),
      post: operation(type, version, 'post'),
    };
    paths[`${collection}/{name}`] = {
      get: operation(type, version, 'get'),
      put: operation(type, version, 'put'),
      patch: operation(type, version, 'patch'),
      delete: operation(type, version, 'delete'),
    };
    const schema: JsonSchema = completeSchema(served?.schema) ?? untyped;
    schemas[schemaName(type, version)] = {
      ...schema,
      'x-kubernetes-group-version-kind': [{ group, version, kind: type.kind }],
    };
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: apiVersionOf(group, version) },
    paths,
    components: { schemas },
  };
}

/** Answers the OpenAPI addresses; false when the path is not one. */
export function openApi(
  registry: ResourceRegistry,
  response: ServerResponse,
  path: string,
): boolean {
  if (path === '/openapi/v2') {
    if (/protobuf/.test(response.req.headers.accept ?? '')) {
      throw notAcceptable();
    }
    sendObject(response, 200, {
      swagger: '2.0',
      info: { title: 'Kubernetes', version: 'sandbox' },
      paths: {},
      definitions: {},
    });
    return true;
  }
  if (path === '/openapi/v3') {
    const paths: JsonObject = {};
    for (const group of registry.groups()) {
      for (const version of registry.versions(group)) {
        const name = groupPath(group, version);
        const serverRelativeURL = `/openapi/v3/${name}?hash=${registry.generation}`;
        paths[name] = { serverRelativeURL };
      }
    }
    sendObject(response, 200, { paths });
    return true;
  }
  const match = /^\/openapi\/v3\/(?:api\/(v1)|apis\/([^/]+)\/([^/]+))$/.exec(
    path,
  );
  if (!match) {
    return false;
  }
  const [, core, group = '', version = core] = match;
  if (registry.inGroupVersion(group, version).length === 0) {
    return false;
  }
  if (/proto-openapi/.test(response.req.headers.accept ?? '')) {
    throw notAcceptable();
  }
  sendText(
    response,
    200,
    JSON.stringify(groupDocument(registry, group, version)),
  );
  return true;
}
