/**
 * The backend of the configuration centre.
 *
 * @packageDocumentation
 */
export { configCenterPlugin as default } from './plugin';
