import type { KubernetesObject } from '../kubernetes/store';
import type { Simulator } from './create-simulator';

/** What something uses now, as the resource metrics API tells it. */
export interface ResourceUsage {
  /** CPU cores. */
  cores: number;
  memoryBytes: number;
}

/** Of a machine without pods: system services and the kernel. */
const MACHINE: ResourceUsage = { cores: 0.25, memoryBytes: 1.4 * 1024 ** 3 };

/** Current usage of pods and nodes, for `kubectl top`. */
export function createResourceMetrics(
  /** Undefined while the world is being built. */
  simulator: () => Simulator | undefined,
  now: () => number,
) {
  const ofPod = (
    object: KubernetesObject,
  ): Record<string, ResourceUsage> | undefined => {
    const running = simulator();
    if (!running) return undefined;
    const { engine, usage } = running;
    const { namespace, name } = object.metadata;
    const pod = engine.cluster.pod(namespace ?? 'default', name);
    if (!pod || object.status?.phase !== 'Running') return undefined;
    return Object.fromEntries(
      usage.containers(pod).map(container => [
        container.name,
        {
          cores: usage.cores(pod, container.name),
          memoryBytes: usage.memoryBytes(pod, container.name, now()),
        },
      ]),
    );
  };
  const ofNode = (object: KubernetesObject): ResourceUsage | undefined => {
    const running = simulator();
    if (!running) return undefined;
    const total = { ...MACHINE };
    for (const pod of running.engine.cluster.pods.pods.values()) {
      if (pod.nodeName !== object.metadata.name) continue;
      for (const used of Object.values(ofPod(pod.object) ?? {})) {
        total.cores += used.cores;
        total.memoryBytes += used.memoryBytes;
      }
    }
    return total;
  };
  return { pod: ofPod, node: ofNode };
}
