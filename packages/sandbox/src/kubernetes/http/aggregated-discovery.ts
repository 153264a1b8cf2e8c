import type { ServerResponse } from 'node:http';
import type { ResourceRegistry } from '../resources/registry';
import type { JsonObject } from '../values';
import { sendText } from './answer';
import { kindsAt, versionsOf } from './discovered-kinds';
import { subresourcesOf } from './subresources';

interface DiscoveredKind {
  group: string;
  version: string;
  kind: string;
}

/** A group with everything in it, for clients that ask for all at once. */
export function aggregatedGroup(
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

/** The version of the aggregated form that a caller prefers to plain lists. */
export function aggregatedVersion(
  accept: string | undefined,
): string | undefined {
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

/** Sends groups in the aggregated form. */
export function sendAggregated(
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
