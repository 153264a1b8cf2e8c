export { clusterClientServiceRef } from './clusterClientServiceRef';
export { KubernetesError } from './KubernetesError';
export { ProxyClusterClient } from './ProxyClusterClient';
export { RESOURCE_TYPES } from './resourceTypes';
export type {
  ClusterClient,
  KubernetesObject,
  ListOptions,
  ObjectKey,
  ObjectList,
  ObjectMetadata,
  Patch,
  PodLogOptions,
  ResourceType,
  WatchEvent,
  WriteOptions,
} from './types';
