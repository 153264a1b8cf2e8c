/**
 * The configuration centre.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
