export { buildGraph, type BuildGraphInput } from './buildGraph';
export type {
  GraphObjects,
  GraphOptions,
  GraphSeries,
  IstioObject,
  ServiceObject,
  VectorSample,
  WorkloadObject,
} from './types';
