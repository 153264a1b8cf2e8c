/**
 * The model of delivery: workloads, releases, canaries and their judgement.
 *
 * @packageDocumentation
 */
export * from './judge';
