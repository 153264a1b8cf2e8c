import type { LiveCluster } from '../../simulator/live/cluster';
import type { LivePod } from '../../simulator/live/model';
import { startLines } from '../../simulator/logs/chatter';
import { asRecord, asRecords, asString } from '../../simulator/read';
import { PROXY_CONTAINER } from '../../world/inject';

/** A line that a program wrote while it started or died. */
export interface StartLine {
  pod: LivePod;
  container: string;
  at: number;
  text: string;
}

/** Milliseconds between two of these lines. */
const DISTANCE = 40;

const time = (value: unknown) => Date.parse(asString(value) ?? '');

/** Sees containers start and die by what their pods' status says. */
export class StartWatch {
  readonly #seen = new Set<string>();

  constructor(private readonly cluster: LiveCluster) {}

  /** Lines of what happened since the last time. */
  *news(): Generator<StartLine> {
    for (const pod of this.cluster.pods.pods.values()) {
      for (const status of asRecords(pod.object.status?.containerStatuses)) {
        const container = asString(status.name);
        if (container === undefined || container === PROXY_CONTAINER) continue;
        const running = asRecord(asRecord(status.state).running);
        const terminated = asRecord(asRecord(status.lastState).terminated);
        const startedAt = time(running.startedAt);
        const finishedAt = time(terminated.finishedAt);
        yield* this.#lines(pod, container, startedAt, false);
        yield* this.#lines(pod, container, finishedAt - 160, true);
      }
    }
  }

  *#lines(
    pod: LivePod,
    container: string,
    at: number,
    crashes: boolean,
  ): Generator<StartLine> {
    if (!Number.isFinite(at)) return;
    const key = `${pod.object.metadata.uid}/${container}/${at}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    for (const [index, text] of startLines(pod, crashes).entries()) {
      yield { pod, container, at: at + index * DISTANCE, text };
    }
  }
}
