/**
 * The model of delivery: workloads, releases and canaries.
 *
 * @packageDocumentation
 */
export * from './argo';
export * from './canary';
export * from './flagger';
export * from './images';
export * from './plan';
