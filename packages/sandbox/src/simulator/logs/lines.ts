import type { Random } from '../../random';
import { createRandom } from '../../random';
import { PROXY_CONTAINER } from '../../world/inject';
import type { LivePod } from '../live/model';
import { isEgressGateway } from '../live/pods';
import { answeredAt, type TraceBook } from '../traces';
import { chatterLine } from './chatter';
import { appLine, proxyLine, type LoggedCall } from './format';

/** A line with the instant at which it was written. */
export interface WrittenLine {
  /** Milliseconds since the Unix epoch. */
  at: number;
  text: string;
  /** The call that it tells of; undefined for what programs say by themselves. */
  logged?: LoggedCall;
}

/** Whether a pod writes of requests, rather than now and then of itself. */
export function writesOfRequests({ workload }: LivePod): boolean {
  if (isEgressGateway(workload)) return false;
  if (workload.dataPlane === 'gateway') return true;
  return workload.app !== undefined && workload.app.protocol !== 'tcp';
}

/** Calls that a pod writes of: a gateway of those it passes on, an app of those it answers. */
function* callsOf(
  book: TraceBook,
  pod: LivePod,
  from: number,
  to: number,
): Generator<LoggedCall> {
  const isGateway = pod.workload.dataPlane === 'gateway';
  for (const trace of book.touching(from, to)) {
    for (const call of trace.calls) {
      const mine = isGateway ? call.caller : call.callee;
      const at = answeredAt(call);
      if (mine?.key === pod.key && at >= from && at < to) {
        yield { trace, call };
      }
    }
  }
}

function chatter(
  pod: LivePod,
  second: number,
  random: Random,
): WrittenLine | undefined {
  const text = chatterLine(pod, random);
  return text === undefined
    ? undefined
    : { at: second * 1000 + random.integer(1000), text };
}

/** What one container of a pod wrote in a span of time, the oldest first. */
export function linesBetween(
  options: { book: TraceBook; seed: number },
  pod: LivePod,
  container: string,
  from: number,
  to: number,
): WrittenLine[] {
  const { book, seed } = options;
  const isProxy = container === PROXY_CONTAINER;
  if (!writesOfRequests(pod)) {
    if (isProxy && pod.workload.app) return [];
    const lines: WrittenLine[] = [];
    for (let second = Math.floor(from / 1000); second * 1000 < to; second++) {
      const random = createRandom(seed).fork(`${pod.key}@${second}`);
      const line = chatter(pod, second, random);
      if (line && line.at >= from && line.at < to) lines.push(line);
    }
    return lines;
  }
  return [...callsOf(book, pod, from, to)]
    .map(logged => ({
      at: answeredAt(logged.call),
      text: isProxy ? proxyLine(pod, logged) : appLine(pod, logged),
      logged,
    }))
    .sort((first, other) => first.at - other.at);
}
