export * from './edit';
export { effectsOf, type Effect } from './effects';
export * from './httpRoute';
export { readWeights } from './readWeights';
