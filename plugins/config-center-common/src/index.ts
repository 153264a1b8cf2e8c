/**
 * The model of the configuration centre.
 *
 * @packageDocumentation
 */
export * from './compare';
export * from './contracts';
export * from './permissions';
export * from './prefixes';
export * from './secrets';
export * from './tree';
export * from './values';
