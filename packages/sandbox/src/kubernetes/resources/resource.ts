import type { JsonSchema } from '../schema/schema';
import type { KubernetesObject } from '../store';

/** Verbs of the resource endpoints, as discovery and RBAC name them. */
export type Verb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete'
  | 'deletecollection';

/** A column that a custom resource adds to its table. */
export interface PrinterColumn {
  name: string;
  type: string;
  format?: string;
  description?: string;
  /** Higher than 0 shows only in the wide output. */
  priority?: number;
  jsonPath: string;
}

/** Where a scalable kind keeps its counts, as JSON paths. */
export interface ScalePaths {
  specReplicasPath: string;
  statusReplicasPath: string;
  labelSelectorPath?: string;
}

/** One version under which a kind is served; all share one storage. */
export interface ServedVersion {
  name: string;
  schema?: JsonSchema;
  columns?: PrinterColumn[];
}

/** A kind the server knows: its names, versions and endpoints. */
export interface ResourceType {
  /** Empty for the core group. */
  group: string;
  plural: string;
  singular: string;
  kind: string;
  listKind: string;
  namespaced: boolean;
  shortNames: string[];
  categories: string[];
  /** The first one is preferred. */
  versions: ServedVersion[];
  storageVersion: string;
  verbs: readonly Verb[];
  /** Whether `/status` is an endpoint of its own. */
  hasStatus: boolean;
  scale?: ScalePaths;
  /** Custom resources get structural validation and no strategic merge. */
  custom: boolean;
  /** Name of the collection that keeps it, when another kind's is shared. */
  storedAs?: string;
  /** Turns the stored form into this kind's, when the collection is shared. */
  fromStorage?: (object: KubernetesObject) => KubernetesObject;
  /** Objects made up when asked for, instead of stored ones. */
  compute?: (namespace?: string) => KubernetesObject[];
  /** Turns this kind's form into the stored one. */
  toStorage?: (object: KubernetesObject) => KubernetesObject;
}

/** Every verb: what an ordinary stored kind offers. */
export const allVerbs: readonly Verb[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

/** Name under which the store keeps a kind: `pods` or `deployments.apps`. */
export function storeName(type: { group: string; plural: string }): string {
  return type.group ? `${type.plural}.${type.group}` : type.plural;
}

/** Name of the collection in which a kind's objects are kept. */
export function collectionOf(type: ResourceType): string {
  return type.storedAs ?? storeName(type);
}

/** `v1` or `apps/v1`. */
export function apiVersionOf(group: string, version: string): string {
  return group ? `${group}/${version}` : version;
}

/** Group and version of an `apiVersion` field. */
export function parseApiVersion(apiVersion: string): {
  group: string;
  version: string;
} {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : {
        group: apiVersion.slice(0, slash),
        version: apiVersion.slice(slash + 1),
      };
}
