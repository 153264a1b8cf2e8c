import type { Clock } from '../clock';
import type { KubernetesObject, ObjectStore } from '../kubernetes/store';
import { kubernetesTime } from '../world/names';
import { quantity } from './exporters/kubeStateSamples';
import type { UsageModel } from './exporters/usage';
import type { LiveCluster } from './live/cluster';
import type { LiveWorkload } from './live/model';
import { asNumber, asRecord, asRecords, asString } from './read';

const RESOURCE = 'horizontalpodautoscalers.autoscaling';
const TARGETS: Readonly<Record<string, string>> = {
  Deployment: 'deployments.apps',
  StatefulSet: 'statefulsets.apps',
};
/** Differences of less than this share are left alone, as in Kubernetes. */
const TOLERANCE = 0.1;
/** Scaling down waits until nothing has asked for more for so long. */
const STABILIZATION_MILLISECONDS = 300_000;

interface Recommendation {
  at: number;
  replicas: number;
}

/** CPU used by the ready pods of a workload in percent of what they request; undefined without either. */
export function cpuUtilization(
  workload: LiveWorkload,
  usage: UsageModel,
): number | undefined {
  let used = 0;
  let requested = 0;
  for (const pod of workload.pods) {
    if (!pod.ready) continue;
    for (const container of asRecords(pod.object.spec?.containers)) {
      const requests = asRecord(asRecord(container.resources).requests);
      const cores = quantity(requests.cpu);
      // As in Kubernetes, one container without a request spoils the sum.
      if (Number.isNaN(cores)) return undefined;
      requested += cores;
      used += usage.cores(pod, asString(container.name) ?? '');
    }
  }
  return requested > 0 ? (used / requested) * 100 : undefined;
}

/** Replicas that would bring the ready pods' utilisation to its target; the present ones when it is near. */
export function desiredReplicas(
  current: number,
  readyPods: number,
  utilization: number,
  target: number,
): number {
  const ratio = utilization / target;
  return Math.abs(ratio - 1) <= TOLERANCE
    ? current
    : Math.ceil(readyPods * ratio);
}

/** The horizontal pod autoscaler, for CPU utilisation. */
export class Autoscaler {
  readonly #recent = new Map<string, Recommendation[]>();

  constructor(
    private readonly store: ObjectStore,
    private readonly cluster: LiveCluster,
    private readonly usage: UsageModel,
    private readonly clock: Clock,
  ) {}

  /** Looks at every autoscaler once; call it every fifteen seconds. */
  run(): void {
    for (const autoscaler of this.store.list(RESOURCE)) this.#scale(autoscaler);
  }

  #scale(autoscaler: KubernetesObject): void {
    const namespace = autoscaler.metadata.namespace ?? 'default';
    const spec = autoscaler.spec ?? {};
    const reference = asRecord(spec.scaleTargetRef);
    const name = asString(reference.name) ?? '';
    const resource = TARGETS[asString(reference.kind) ?? ''];
    const object = resource && this.store.get(resource, namespace, name);
    const workload = this.cluster.pods.workloads.get(`${namespace}/${name}`);
    const wanted = asRecords(spec.metrics)
      .map(metric => asRecord(metric.resource))
      .find(metric => metric.name === 'cpu');
    const target = asNumber(asRecord(wanted?.target).averageUtilization);
    if (!object || !workload || target === undefined) return;
    const utilization = cpuUtilization(workload, this.usage);
    const current = asNumber(object.spec?.replicas) ?? 1;
    // Zero replicas turn autoscaling off.
    if (utilization === undefined || current === 0) return;
    const least = asNumber(spec.minReplicas) ?? 1;
    const most = asNumber(spec.maxReplicas) ?? current;
    const computed = Math.min(
      Math.max(
        desiredReplicas(current, workload.readyPods, utilization, target),
        least,
      ),
      most,
    );
    const desired = this.#stabilize(
      `${namespace}/${autoscaler.metadata.name}`,
      current,
      computed,
    );
    this.store.putStatus(RESOURCE, namespace, autoscaler.metadata.name, {
      ...this.#status(autoscaler, current, desired, utilization),
    });
    if (desired !== current) {
      this.store.put(resource, {
        ...object,
        spec: { ...object.spec, replicas: desired },
      });
    }
  }

  /** Scaling down follows the highest recommendation of the last minutes. */
  #stabilize(key: string, current: number, computed: number): number {
    const now = this.clock.now();
    const recent = (this.#recent.get(key) ?? []).filter(
      ({ at }) => now - at < STABILIZATION_MILLISECONDS,
    );
    recent.push({ at: now, replicas: computed });
    this.#recent.set(key, recent);
    if (computed >= current) return computed;
    return Math.min(
      current,
      Math.max(...recent.map(({ replicas }) => replicas)),
    );
  }

  #status(
    autoscaler: KubernetesObject,
    current: number,
    desired: number,
    utilization: number,
  ): Record<string, unknown> {
    const now = kubernetesTime(this.clock.now());
    const before = autoscaler.status ?? {};
    const condition = (type: string, reason: string, message: string) => {
      const old = asRecords(before.conditions).find(
        entry => entry.type === type,
      );
      return {
        type,
        status: 'True',
        reason,
        message,
        lastTransitionTime: asString(old?.lastTransitionTime) ?? now,
      };
    };
    return {
      observedGeneration: autoscaler.metadata.generation ?? 1,
      ...(desired === current
        ? {
            ...(before.lastScaleTime
              ? { lastScaleTime: before.lastScaleTime }
              : {}),
          }
        : { lastScaleTime: now }),
      currentReplicas: current,
      desiredReplicas: desired,
      currentMetrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            current: { averageUtilization: Math.round(utilization) },
          },
        },
      ],
      conditions: [
        condition(
          'AbleToScale',
          'ReadyForNewScale',
          'recommended size matches current size',
        ),
        condition(
          'ScalingActive',
          'ValidMetricFound',
          'the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)',
        ),
      ],
    };
  }
}
