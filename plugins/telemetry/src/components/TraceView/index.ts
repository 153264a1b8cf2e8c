export { TraceBody, TraceView } from './TraceView';
