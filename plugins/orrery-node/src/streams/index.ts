export { openEventStream, type EventStream } from './openEventStream';
