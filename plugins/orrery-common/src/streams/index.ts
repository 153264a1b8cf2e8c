export {
  createStreamDecoder,
  encodeStreamEvent,
  type StreamEvent,
} from './sse';
