export {
  spanLogsApiRef,
  type EvidenceLine,
  type SpanLogsApi,
  type SpanLogsQuery,
} from './spanLogsApi';
