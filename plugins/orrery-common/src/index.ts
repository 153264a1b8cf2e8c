/**
 * Contracts that every Orrery domain shares.
 *
 * @packageDocumentation
 */
export * from './actions';
export * from './binding';
export * from './clusters';
export * from './environments';
export * from './errors';
export * from './health';
export * from './marks';
export * from './naming';
export * from './parse';
export * from './permissions';
export * from './provenance';
export * from './refs';
export * from './scope';
export * from './streams';
export * from './templates';
export * from './time';
