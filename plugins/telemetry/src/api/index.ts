export {
  telemetryApiRef,
  type PanelRequest,
  type RangeRequest,
  type TelemetryApi,
  type TracesRequest,
} from './TelemetryApi';
export { TelemetryClient } from './TelemetryClient';
