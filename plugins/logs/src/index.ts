/**
 * Logs.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
