/**
 * Telemetry.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
