import { createRandom } from '../../random';
import { PROXY_CONTAINER } from '../../world/inject';
import { asRecords, asString } from '../read';
import type { Effects } from '../flow/effects';
import type { FlowEngine } from '../flow/engine';
import { behaviourOfTag } from '../flow/server';
import type { LivePod } from '../live/model';
import { waveAt } from './meter';

const MEBIBYTE = 1024 ** 2;
const PROXY_MEMORY_MEBIBYTES = 62;
/** CPU of a proxy per request; Istio's published figure is about half a core per 1000 requests a second. */
const PROXY_CPU_PER_REQUEST = 0.0005;
/** Cores that a container uses when it has nothing to do. */
export const IDLE_CORES = 0.004;

interface MemoryWave {
  meanBytes: number;
  periodSeconds: number;
  phase: number;
}

/** What an image whose tag ends in `-leak` loses, until four gibibytes are gone. */
const LEAK_BYTES_PER_SECOND = 2 * MEBIBYTE;
const LEAKED_AT_MOST = 4096 * MEBIBYTE;

function leakedBytes(
  { tag, object }: LivePod,
  container: string,
  milliseconds: number,
): number {
  if (container === PROXY_CONTAINER || !tag?.endsWith('-leak')) return 0;
  const created = Date.parse(object.metadata.creationTimestamp ?? '');
  const seconds = Math.max((milliseconds - created) / 1000, 0) || 0;
  return Math.min(seconds * LEAK_BYTES_PER_SECOND, LEAKED_AT_MOST);
}

/** What running containers use: CPU in proportion to what they answer, memory breathing around a mean. */
export class UsageModel {
  readonly #memory = new Map<string, MemoryWave>();

  constructor(
    private readonly engine: FlowEngine,
    private readonly effects: Effects,
    private readonly seed: number,
  ) {}

  containers(pod: LivePod): { name: string; image: string }[] {
    return asRecords(pod.object.spec?.containers).map(container => ({
      name: asString(container.name) ?? '',
      image: asString(container.image) ?? '',
    }));
  }

  /** Requests per second that one ready pod of the workload answers. */
  requestsPerSecond({ ready, workload }: LivePod): number {
    if (!ready) return 0;
    return this.engine.node(workload).load / Math.max(workload.readyPods, 1);
  }

  cpuSecondsPerRequest(pod: LivePod, container: string): number {
    return container === PROXY_CONTAINER && pod.workload.dataPlane !== 'gateway'
      ? PROXY_CPU_PER_REQUEST
      : this.engine.node(pod.workload).cpuSecondsPerRequest;
  }

  cores(pod: LivePod, container: string): number {
    return (
      IDLE_CORES +
      this.requestsPerSecond(pod) * this.cpuSecondsPerRequest(pod, container)
    );
  }

  memoryBytes(pod: LivePod, container: string, milliseconds: number): number {
    const { meanBytes, periodSeconds, phase } = this.#wave(pod, container);
    return Math.round(
      waveAt(meanBytes, 0.07, periodSeconds, phase, milliseconds) +
        leakedBytes(pod, container, milliseconds),
    );
  }

  #wave(pod: LivePod, container: string): MemoryWave {
    const key = `${pod.key}/${container}`;
    let wave = this.#memory.get(key);
    if (!wave) {
      const random = createRandom(this.seed).fork(`memory/${key}`);
      const mebibytes =
        container === PROXY_CONTAINER
          ? PROXY_MEMORY_MEBIBYTES
          : behaviourOfTag(pod.workload, pod.tag, this.effects).memoryMebibytes;
      wave = {
        meanBytes: mebibytes * MEBIBYTE * (0.95 + 0.1 * random.next()),
        periodSeconds: 1800 + 3600 * random.next(),
        phase: random.next(),
      };
      this.#memory.set(key, wave);
    }
    return wave;
  }

  /** Forgets a pod that is gone. */
  forget(podKey: string): void {
    for (const key of this.#memory.keys()) {
      if (key.startsWith(`${podKey}/`)) this.#memory.delete(key);
    }
  }
}
