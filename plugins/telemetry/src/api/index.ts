export {
  telemetryApiRef,
  type TelemetryApi,
  type TracesRequest,
} from './TelemetryApi';
export { TelemetryClient } from './TelemetryClient';
