import type { ServerResponse } from 'node:http';
import type { ResourceRegistry } from '../resources/registry';
import { apiVersionOf } from '../resources/resource';
import type { JsonObject } from '../values';
import {
  aggregatedGroup,
  aggregatedVersion,
  sendAggregated,
} from './aggregated-discovery';
import { sendObject } from './answer';
import { allGroups, kindsAt, versionsOf } from './discovered-kinds';
import { subresourcesOf } from './subresources';

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
