import type { ServerResponse } from 'node:http';
import type { ResourceRegistry } from '../resources/registry';
import { apiVersionOf, type ResourceType } from '../resources/resource';
import type { JsonObject } from '../values';
import { sendObject, sendText } from './answer';
import { subresourcesOf } from './subresources';
import { reviewKinds } from '../auth/review-kinds';

interface DiscoveredKind {
  group: string;
  version: string;
  kind: string;
}

/** Kinds of a group version with the ones that are only ever created: reviews. */
function kindsAt(
  registry: ResourceRegistry,
  group: string,
  version: string,
): ResourceType[] {
  return [
    ...registry.inGroupVersion(group, version),
    ...reviewKinds.filter(
      type => type.group === group && type.versions[0].name === version,
    ),
  ].sort((left, right) => (left.plural < right.plural ? -1 : 1));
}

function allGroups(registry: ResourceRegistry): string[] {
  const groups = new Set(registry.groups());
  reviewKinds.forEach(type => groups.add(type.group));
  return [...groups].filter(Boolean);
}

function versionsOf(registry: ResourceRegistry, group: string): string[] {
  const versions = registry.versions(group);
  return versions.length > 0 ? versions : ['v1'];
}

function groupDocument(registry: ResourceRegistry, group: string): JsonObject {
  const versions = versionsOf(registry, group).map(version => ({
    groupVersion: `${group}/${version}`,
    version,
  }));
  return { name: group, versions, preferredVersion: versions[0] };
}

function resourceListDocument(
  registry: ResourceRegistry,
  group: string,
  version: string,
): JsonObject {
  const resources = kindsAt(registry, group, version).flatMap(type => [
    {
      name: type.plural,
      singularName: type.singular,
      namespaced: type.namespaced,
      kind: type.kind,
      verbs: type.verbs,
      ...(type.shortNames.length ? { shortNames: type.shortNames } : {}),
      ...(type.categories.length ? { categories: type.categories } : {}),
    },
    ...subresourcesOf(type, version).map(({ name, kind, verbs }) => ({
      name: `${type.plural}/${name}`,
      singularName: '',
      namespaced: type.namespaced,
      ...(kind.group !== type.group || kind.version !== version
        ? { group: kind.group, version: kind.version }
        : {}),
      kind: kind.kind,
      verbs,
    })),
  ]);
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersionOf(group, version),
    resources,
  };
}

function aggregatedGroup(
  registry: ResourceRegistry,
  group: string,
): JsonObject {
  return {
    metadata: group
      ? { name: group, creationTimestamp: null }
      : { creationTimestamp: null },
    versions: versionsOf(registry, group).map(version => ({
      version,
      freshness: 'Current',
      resources: kindsAt(registry, group, version).map(type => ({
        resource: type.plural,
        responseKind: kindOf({ group, version, kind: type.kind }),
        scope: type.namespaced ? 'Namespaced' : 'Cluster',
        singularResource: type.singular,
        verbs: type.verbs,
        ...(type.shortNames.length ? { shortNames: type.shortNames } : {}),
        ...(type.categories.length ? { categories: type.categories } : {}),
        ...(subresourcesOf(type, version).length
          ? {
              subresources: subresourcesOf(type, version).map(
                ({ name, kind, verbs }) => ({
                  subresource: name,
                  responseKind: kindOf(kind),
                  verbs,
                }),
              ),
            }
          : {}),
      })),
    })),
  };
}

function kindOf({ group, version, kind }: DiscoveredKind): JsonObject {
  return { group, version, kind };
}

function aggregatedVersion(accept: string | undefined): string | undefined {
  for (const entry of (accept ?? '').split(',')) {
    const parameters = entry.split(';').map(part => part.trim());
    if (!parameters.includes('as=APIGroupDiscoveryList')) {
      // Plain JSON before any aggregated form means the caller prefers it.
      return undefined;
    }
    const version = parameters.find(part => part.startsWith('v='))?.slice(2);
    if (version === 'v2' || version === 'v2beta1') {
      return version;
    }
  }
  return undefined;
}

function sendAggregated(
  response: ServerResponse,
  version: string,
  items: JsonObject[],
): void {
  sendText(
    response,
    200,
    JSON.stringify({
      kind: 'APIGroupDiscoveryList',
      apiVersion: `apidiscovery.k8s.io/${version}`,
      metadata: {},
      items,
    }),
    `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
  );
}

/** Answers a discovery address; false when the path is not one. */
export function discover(
  registry: ResourceRegistry,
  response: ServerResponse,
  path: string,
): boolean {
  const parts = path.split('/').filter(Boolean);
  const aggregated = aggregatedVersion(response.req.headers.accept);
  if (parts[0] === 'api' && parts.length === 1) {
    if (aggregated) {
      sendAggregated(response, aggregated, [aggregatedGroup(registry, '')]);
    } else {
      sendObject(response, 200, {
        kind: 'APIVersions',
        versions: ['v1'],
        serverAddressByClientCIDRs: [],
      });
    }
    return true;
  }
  if (parts[0] === 'api' && parts.length === 2 && parts[1] === 'v1') {
    sendObject(response, 200, resourceListDocument(registry, '', 'v1'));
    return true;
  }
  if (parts[0] !== 'apis' || parts.length > 3) {
    return false;
  }
  const groups = allGroups(registry);
  if (parts.length === 1) {
    if (aggregated) {
      const items = groups.map(group => aggregatedGroup(registry, group));
      sendAggregated(response, aggregated, items);
    } else {
      sendObject(response, 200, {
        kind: 'APIGroupList',
        apiVersion: 'v1',
        groups: groups.map(group => groupDocument(registry, group)),
      });
    }
    return true;
  }
  const [, group, version] = parts;
  if (!groups.includes(group)) {
    return false;
  }
  if (version === undefined) {
    sendObject(response, 200, {
      kind: 'APIGroup',
      apiVersion: 'v1',
      ...groupDocument(registry, group),
    });
    return true;
  }
  if (!versionsOf(registry, group).includes(version)) {
    return false;
  }
  sendObject(response, 200, resourceListDocument(registry, group, version));
  return true;
}
