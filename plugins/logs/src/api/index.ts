export {
  logsApiRef,
  type DownloadFormat,
  type LogListener,
  type LogRequest,
  type LogsApi,
  type PodLogRequest,
} from './LogsApi';
export { LogsClient } from './LogsClient';
export { StoredSpanLogs } from './StoredSpanLogs';
