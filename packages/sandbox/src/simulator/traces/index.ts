export { TraceBook } from './TraceBook';
export { answeredAt, type SimulatedTrace, type TracedCall } from './types';
