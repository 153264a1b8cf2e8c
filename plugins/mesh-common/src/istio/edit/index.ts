export { findRoutesTo, findRulesOf, type RoutesTo } from './findRoutesTo';
export { addHeaderRoute, removeHeaderRoute } from './headerRoute';
export { resolveHost } from './hosts';
export { isSameJson } from './json';
export { clearMirror, setMirror } from './mirror';
export {
  newDestinationRule,
  newHttpRoute,
  newVirtualService,
} from './newObjects';
export { CANARY_HEADER_ROUTE } from './routes';
export { ensureSubset, removeSubset } from './subsets';
export type { HeaderMatch, MeshObject, SubsetWeight } from './types';
export {
  keepDestinations,
  restoreDestinations,
  setWeights,
  type KeptRoute,
} from './weights';
