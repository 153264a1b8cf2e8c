export { EntityTelemetryContent } from './EntityTelemetryContent';
