/**
 * The model of the mesh: the graph, its health and the contract of its API.
 *
 * @packageDocumentation
 */
export * from './compare';
export * from './controlPlane';
export * from './deltas';
export * from './explain';
export * from './export';
export * from './find';
export * from './graph';
export * from './health';
export * from './istio';
export * from './neighbourhood';
export * from './permissions';
export * from './queries';
export * from './schema';
