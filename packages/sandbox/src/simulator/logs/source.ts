import type { Clock } from '../../clock';
import type { KubernetesObject } from '../../kubernetes/store';
import { PROXY_CONTAINER } from '../../world/inject';
import type { FlowEngine } from '../flow/engine';
import type { LivePod } from '../live/model';
import { asNumber, asRecord, asRecords, asString } from '../read';
import type { TraceBook } from '../traces';
import { startLines } from './chatter';
import { stamp } from './format';
import { linesBetween } from './lines';

/** Without a limit a log is as long as this many seconds; the runtime rotates older lines away. */
const KEPT_SECONDS = 300;
/** How far back a limit of lines is looked for. */
const SEARCHED_SECONDS = 900;

export interface LogSourceOptions {
  engine: FlowEngine;
  book: TraceBook;
  clock: Clock;
  seed: number;
}

interface ReadOptions {
  sinceMs?: number;
  tailLines?: number;
  previous?: boolean;
}

/** State of one container as its pod's status tells it. */
function containerState(pod: KubernetesObject, container: string) {
  const status = asRecords(pod.status?.containerStatuses).find(
    entry => entry.name === container,
  );
  const running = asRecord(asRecord(status?.state).running);
  const terminated = asRecord(asRecord(status?.lastState).terminated);
  const time = (value: unknown) => Date.parse(asString(value) ?? '');
  return {
    restarts: asNumber(status?.restartCount) ?? 0,
    startedAt: time(running.startedAt) || undefined,
    lastFinishedAt: time(terminated.finishedAt) || undefined,
    isRunning: Object.keys(running).length > 0,
  };
}

/** Pod logs, made when they are read from what the book tells of each request. */
export function createLogSource(options: LogSourceOptions) {
  const { engine, clock } = options;

  const written = (
    pod: LivePod,
    container: string,
    from: number,
    to: number,
  ): string[] =>
    linesBetween(options, pod, container, from, to).map(
      ({ at, text }) => `${stamp(at)} ${text}`,
    );

  function startOf(pod: LivePod, at: number, crashes: boolean): string[] {
    return startLines(pod, crashes).map(
      (line, index) => `${stamp(at + index * 40)} ${line}`,
    );
  }

  function read(
    object: KubernetesObject,
    container: string,
    limits: ReadOptions,
  ): string[] {
    const pod = engine.cluster.pod(
      object.metadata.namespace ?? 'default',
      object.metadata.name,
    );
    if (!pod) return [];
    const state = containerState(object, container);
    const cut = (lines: string[]) =>
      limits.tailLines === undefined
        ? lines
        : lines.slice(Math.max(lines.length - limits.tailLines, 0));
    const since = limits.sinceMs ?? 0;
    const wanted = (lines: string[]) =>
      cut(
        lines.filter(
          line => Date.parse(line.slice(0, 23).concat('Z')) >= since,
        ),
      );
    if (limits.previous) {
      return state.restarts === 0 || state.lastFinishedAt === undefined
        ? []
        : wanted(startOf(pod, state.lastFinishedAt - 160, true));
    }
    if (!state.isRunning) {
      return state.lastFinishedAt === undefined
        ? []
        : wanted(startOf(pod, state.lastFinishedAt - 160, true));
    }
    const now = clock.now();
    const started = state.startedAt ?? now;
    const searched =
      limits.tailLines === undefined && limits.sinceMs === undefined
        ? KEPT_SECONDS
        : SEARCHED_SECONDS;
    const earliest = Math.max(started, since, now - searched * 1000);
    const lines = written(
      pod,
      container,
      earliest,
      Math.floor(now / 1000) * 1000,
    );
    const first =
      container === PROXY_CONTAINER ? [] : startOf(pod, started, false);
    return wanted(started >= earliest ? [...first, ...lines] : lines);
  }

  function follow(
    object: KubernetesObject,
    container: string,
    onLine: (line: string) => void,
  ): () => void {
    let next = Math.floor(clock.now() / 1000) * 1000;
    const timer = setInterval(() => {
      const { namespace, name } = object.metadata;
      const pod = engine.cluster.pod(namespace ?? 'default', name);
      const present = Math.floor(clock.now() / 1000) * 1000;
      if (pod && containerState(pod.object, container).isRunning) {
        written(pod, container, next, present).forEach(onLine);
      }
      next = present;
    }, 1000);
    timer.unref();
    return () => clearInterval(timer);
  }

  return { read, follow };
}
