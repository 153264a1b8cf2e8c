export { setBackendWeights } from './backendWeights';
export { findHttpRoutesTo, type HttpRouteTo } from './findHttpRoutesTo';
export { addHeaderRule, removeHeaderRule } from './headerRule';
export { keepBackends, restoreBackends, type KeptRule } from './keptRules';
export { clearMirrorFilter, setMirrorFilter } from './mirrorFilter';
export { readRouteStanding, type RouteStanding } from './routeStanding';
