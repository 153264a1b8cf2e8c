export { buildGraph, type BuildGraphInput } from './buildGraph';
export { isBetween, requestsEndingAt, totalRequests } from './totals';
export type {
  ClusterInput,
  GraphObjects,
  GraphOptions,
  GraphSeries,
  IstioObject,
  NamespaceObject,
  PeerAuthenticationObject,
  PodsObject,
  ServiceObject,
  Sight,
  VectorSample,
  WorkloadObject,
} from './types';
