import { isFailure } from '../simulator/flow/outcome';
import type { LivePod } from '../simulator/live/model';
import type { SimulatedTrace, TracedCall } from '../simulator/traces';
import { remoteName, reports, serviceName } from './createReporter';

/** Calls between two services. */
export interface DependencyLink {
  parent: string;
  child: string;
  callCount: number;
  errorCount?: number;
}

/** Whether a pod is one of the cluster whose proxies report here. */
type IsMine = (pod: LivePod) => boolean;

/** Service of a call's callee, where it has reported. */
function serverOf(
  { callee, protocol }: TracedCall,
  isMine: IsMine,
): string | undefined {
  return protocol !== 'tcp' && reports(callee) && isMine(callee)
    ? serviceName(callee)
    : undefined;
}

/** The nearest service further out that has reported, where the caller has not. */
function ancestorOf(
  call: TracedCall,
  calls: ReadonlyMap<string, TracedCall>,
  isMine: IsMine,
): string | undefined {
  let outer = calls.get(call.parentId ?? '');
  while (outer) {
    const server = serverOf(outer, isMine);
    if (server !== undefined) return server;
    outer = calls.get(outer.parentId ?? '');
  }
  return undefined;
}

/** Ids of calls that something reported lies within. */
function idsWithinWhich(
  calls: Iterable<TracedCall>,
  isMine: IsMine,
  latest: number,
): Set<string> {
  const ids = new Set<string>();
  for (const call of calls) {
    const isReported =
      (reports(call.caller) && isMine(call.caller)) ||
      serverOf(call, isMine) !== undefined;
    const isOver = call.startedAt + call.durationMilliseconds <= latest;
    if (isReported && isOver && call.parentId !== undefined) {
      ids.add(call.parentId);
    }
  }
  return ids;
}

/**
 * Who called whom, by the calls themselves, as the halves of their spans
 * would tell it; making all these would take too long.
 *
 * @param latest - what ended later has not been reported yet, milliseconds since the Unix epoch
 */
export function dependenciesOf(
  traces: Iterable<SimulatedTrace>,
  isMine: IsMine,
  latest: number,
): DependencyLink[] {
  const links = new Map<string, DependencyLink>();
  for (const trace of traces) {
    const calls = new Map(trace.calls.map(call => [call.id, call]));
    const outer = idsWithinWhich(trace.calls, isMine, latest);
    for (const call of trace.calls) {
      if (call.startedAt + call.durationMilliseconds > latest) continue;
      const { caller } = call;
      const server = serverOf(call, isMine);
      let parent: string | undefined;
      if (reports(caller)) {
        // The other half of what has been shared is in another cluster's store.
        if (!isMine(caller)) continue;
        // Zipkin leaves the link to what lies within where only the caller told.
        if (server === undefined && outer.has(call.id)) continue;
        parent = serviceName(caller);
      } else if (server !== undefined) {
        parent = ancestorOf(call, calls, isMine);
      }
      if (parent === undefined) continue;
      const child = server ?? remoteName(call);
      const key = `${parent}>${child}`;
      const link = links.get(key) ?? { parent, child, callCount: 0 };
      link.callCount++;
      if (isFailure(call.outcome)) {
        link.errorCount = (link.errorCount ?? 0) + 1;
      }
      links.set(key, link);
    }
  }
  return [...links.values()];
}
