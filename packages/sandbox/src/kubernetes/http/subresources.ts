import type { ResourceType } from '../resources/resource';

/** A subresource as discovery lists it. */
export interface Subresource {
  name: string;
  kind: { group: string; version: string; kind: string };
  verbs: string[];
}

const readWrite = ['get', 'patch', 'update'];

const special: Record<string, Subresource[]> = {
  pods: [
    {
      name: 'eviction',
      kind: { group: 'policy', version: 'v1', kind: 'Eviction' },
      verbs: ['create'],
    },
    {
      name: 'log',
      kind: { group: '', version: 'v1', kind: 'Pod' },
      verbs: ['get'],
    },
    {
      name: 'proxy',
      kind: { group: '', version: 'v1', kind: 'PodProxyOptions' },
      verbs: ['create', 'delete', 'get', 'patch', 'update'],
    },
  ],
  namespaces: [
    {
      name: 'finalize',
      kind: { group: '', version: 'v1', kind: 'Namespace' },
      verbs: ['update'],
    },
  ],
  serviceaccounts: [
    {
      name: 'token',
      kind: {
        group: 'authentication.k8s.io',
        version: 'v1',
        kind: 'TokenRequest',
      },
      verbs: ['create'],
    },
  ],
};

/** The subresources of a kind. */
export function subresourcesOf(
  type: ResourceType,
  version = type.versions[0].name,
): Subresource[] {
  const own = type.group === '' ? special[type.plural] ?? [] : [];
  const result = [...own];
  if (type.scale) {
    result.push({
      name: 'scale',
      kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
      verbs: readWrite,
    });
  }
  if (type.hasStatus) {
    result.push({
      name: 'status',
      kind: {
        group: type.group,
        version,
        kind: type.kind,
      },
      verbs: readWrite,
    });
  }
  return result;
}
