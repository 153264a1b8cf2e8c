/**
 * Home of Orrery.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
