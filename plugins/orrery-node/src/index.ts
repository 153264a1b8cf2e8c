/**
 * What every Orrery backend plugin stands on: clusters, Prometheus, streams
 * and actions.
 *
 * @packageDocumentation
 */
export * from './actions';
export * from './activity';
export * from './authority';
export * from './clusterClient';
export * from './config';
export { connectionFailure } from './connectionFailure';
export * from './prometheus';
export { readBytes } from './readBytes';
export { Semaphore } from './Semaphore';
export * from './streams';
export * from './upstream';
export * from './watchCache';
