/**
 * The backend of telemetry.
 *
 * @packageDocumentation
 */
export { telemetryPlugin as default } from './plugin';
