import type { Operation, Protocol } from '../../world/types';
import type { LivePod } from '../live/model';
import type { Outcome } from '../flow/outcome';

/** One call that a request made, seen from both of its ends. Times are milliseconds since the Unix epoch. */
export interface TracedCall {
  /** 16 hexadecimal digits; both ends of a call share it, as B3 allows. */
  id: string;
  parentId?: string;
  /** Undefined for calls from outside. */
  caller?: LivePod;
  /** Undefined where nothing in the cluster answered. */
  callee?: LivePod;
  /** Cluster of the callee, where it is not the caller's. */
  host: string;
  protocol: Protocol;
  operation: Operation;
  /** When the caller's proxy sent it, and how long it waited. */
  startedAt: number;
  durationMilliseconds: number;
  /** When it arrived, and how long the callee took. */
  arrivedAt: number;
  servedMilliseconds: number;
  outcome: Outcome;
  /** The dependency whose failure failed the callee; undefined when it failed by itself. */
  failedBy?: string;
  /** What the callee says of its failure; undefined where there was none. */
  problem?: string;
  requestId: string;
}

/** One request from outside with everything that it caused. */
export interface SimulatedTrace {
  /** 32 hexadecimal digits. */
  id: string;
  startedAt: number;
  /** The caller always before the callee. */
  calls: TracedCall[];
}

/** When the callee answered. */
export function answeredAt(call: TracedCall): number {
  return call.arrivedAt + call.servedMilliseconds;
}
