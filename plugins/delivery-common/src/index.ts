/**
 * The model of delivery: workloads, releases, canaries and their judgement.
 *
 * @packageDocumentation
 */
export * from './argo';
export * from './builds';
export * from './canary';
export * from './flagger';
export * from './images';
export * from './judge';
export * from './plan';
export * from './objects';
export * from './workloads';
export * from './permissions';
export * from './workloadActions';
export * from './registry';
export * from './names';
export * from './numbers';
export * from './releases';
export * from './podLog';
export * from './gitops';
export * from './source';
