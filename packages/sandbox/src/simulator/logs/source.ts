import type { Clock } from '../../clock';
import type { KubernetesObject } from '../../kubernetes/store';
import { createRandom } from '../../random';
import { PROXY_CONTAINER } from '../../world/inject';
import type { Effects } from '../flow/effects';
import type { FlowEngine } from '../flow/engine';
import type { LivePod } from '../live/model';
import { isEgressGateway } from '../live/pods';
import { asNumber, asRecord, asRecords, asString } from '../read';
import { chatterLine, startLines } from './chatter';
import { appLine, proxyLine, stamp } from './format';
import { gatewayMix, inboundMix, type LogMix } from './mix';
import { sampleRequests } from './sample';
import type { Timeline } from './timeline';

/** Without a limit a log is as long as this many seconds; the runtime rotates older lines away. */
const KEPT_SECONDS = 300;
/** How far back a limit of lines is looked for. */
const SEARCHED_SECONDS = 900;

export interface LogSourceOptions {
  engine: FlowEngine;
  effects: Effects;
  timeline: Timeline;
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

/**
 * Pod logs, made when they are read: each second of a container's life has its
 * lines, decided by the seed and by how the workload did at that time.
 */
export function createLogSource(options: LogSourceOptions) {
  const { engine, effects, timeline, clock, seed } = options;

  /** What a pod logs about at present, without rates of other times. */
  function presentMix(pod: LivePod): LogMix | undefined {
    const { workload } = pod;
    if (isEgressGateway(workload)) return undefined;
    if (workload.dataPlane === 'gateway') return gatewayMix(engine);
    return workload.app && workload.app.protocol !== 'tcp'
      ? inboundMix(engine, workload)
      : undefined;
  }

  function linesOfSecond(
    pod: LivePod,
    container: string,
    mix: LogMix | undefined,
    second: number,
  ): string[] {
    const random = createRandom(seed).fork(`${pod.key}@${second}`);
    if (!mix) {
      const line =
        container === PROXY_CONTAINER && pod.workload.app
          ? undefined
          : chatterLine(pod, random);
      return line === undefined
        ? []
        : [`${stamp(second * 1000 + random.integer(1000))} ${line}`];
    }
    const { response, load } = timeline.at(pod.workload, second * 1000);
    const then =
      pod.workload.dataPlane === 'gateway'
        ? { ...mix, requestsPerSecond: load }
        : { ...mix, ...response, requestsPerSecond: load };
    const write =
      container === PROXY_CONTAINER
        ? (request: Parameters<typeof proxyLine>[1]) => proxyLine(pod, request)
        : (request: Parameters<typeof proxyLine>[1]) =>
            appLine(pod, effects, request);
    return sampleRequests(then, pod.workload.readyPods, second, random).map(
      request => `${stamp(request.at)} ${write(request)}`,
    );
  }

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
    const mix = presentMix(pod);
    const searched =
      limits.tailLines === undefined && limits.sinceMs === undefined
        ? KEPT_SECONDS
        : SEARCHED_SECONDS;
    const earliest = Math.max(started, since, now - searched * 1000);
    const last = Math.floor(now / 1000) - 1;
    const seconds: string[][] = [];
    let found = 0;
    // Backwards, so that the last lines of a long log are found soon.
    for (let second = last; second * 1000 >= earliest - 999; second--) {
      const lines = linesOfSecond(pod, container, mix, second);
      seconds.push(lines);
      found += lines.length;
      if (limits.tailLines !== undefined && found >= limits.tailLines) break;
    }
    const lines = seconds.reverse().flat();
    const first =
      container === PROXY_CONTAINER ? [] : startOf(pod, started, false);
    return wanted(started >= earliest ? [...first, ...lines] : lines);
  }

  function follow(
    object: KubernetesObject,
    container: string,
    onLine: (line: string) => void,
  ): () => void {
    let next = Math.floor(clock.now() / 1000);
    const timer = setInterval(() => {
      const { namespace, name } = object.metadata;
      const pod = engine.cluster.pod(namespace ?? 'default', name);
      const present = Math.floor(clock.now() / 1000);
      if (pod && containerState(pod.object, container).isRunning) {
        const mix = presentMix(pod);
        for (; next < present; next++) {
          linesOfSecond(pod, container, mix, next).forEach(onLine);
        }
      }
      next = present;
    }, 1000);
    timer.unref();
    return () => clearInterval(timer);
  }

  return { read, follow };
}
