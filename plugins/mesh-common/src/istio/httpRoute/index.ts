export { setBackendWeights } from './backendWeights';
export { addHeaderRule, removeHeaderRule } from './headerRule';
export { clearMirrorFilter, setMirrorFilter } from './mirrorFilter';
