export {
  HttpUpstream,
  type HttpUpstreamConfig,
  type UpstreamAnswer,
  type UpstreamRequest,
} from './HttpUpstream';
export { UpstreamError } from './UpstreamError';
