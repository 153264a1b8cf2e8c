/**
 * The model of logs: queries, lines, fields and what is asked of a store.
 *
 * @packageDocumentation
 */
export * from './fields';
export * from './collection';
export * from './follow';
export * from './lines';
export * from './permissions';
export * from './query';
export * from './search';
