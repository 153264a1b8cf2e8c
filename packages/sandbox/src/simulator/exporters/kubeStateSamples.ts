import type { KubernetesObject } from '../../kubernetes/store';
import { asNumber, asRecord, asRecords, asString } from '../read';
import type { ObjectSample } from './objectSeries';

const JOB = { job: 'kube-state-metrics' };
const PHASES = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'];
const CONDITION_STATES = ['true', 'false', 'unknown'];

const flag = (condition: boolean) => (condition ? 1 : 0);

/** Number of a Kubernetes quantity: `250m`, `16`, `64Gi`, `209702912Ki`. */
export function quantity(text: unknown): number {
  const match = /^(\d+(?:\.\d+)?)(m|k|M|G|Ki|Mi|Gi|Ti)?$/.exec(
    typeof text === 'number' ? String(text) : asString(text) ?? '',
  );
  if (!match) return NaN;
  const factors: Record<string, number> = {
    m: 1e-3,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    Ki: 1024,
    Mi: 1024 ** 2,
    Gi: 1024 ** 3,
    Ti: 1024 ** 4,
  };
  return Number(match[1]) * (match[2] ? factors[match[2]] : 1);
}

function podSamples(pod: KubernetesObject): ObjectSample[] {
  const labels = {
    ...JOB,
    namespace: pod.metadata.namespace ?? '',
    pod: pod.metadata.name,
    uid: pod.metadata.uid ?? '',
  };
  const owner = pod.metadata.ownerReferences?.[0];
  const phase = asString(pod.status?.phase) ?? 'Unknown';
  const ready = asRecords(pod.status?.conditions).find(
    condition => condition.type === 'Ready',
  );
  const readyState = (asString(ready?.status) ?? 'false').toLowerCase();
  const samples: ObjectSample[] = [
    {
      name: 'kube_pod_info',
      labels: {
        ...labels,
        node: asString(pod.spec?.nodeName) ?? '',
        pod_ip: asString(pod.status?.podIP) ?? '',
        host_ip: asString(pod.status?.hostIP) ?? '',
        created_by_kind: owner?.kind ?? '<none>',
        created_by_name: owner?.name ?? '<none>',
      },
      value: 1,
    },
    ...PHASES.map(name => ({
      name: 'kube_pod_status_phase',
      labels: { ...labels, phase: name },
      value: flag(name === phase),
    })),
    ...CONDITION_STATES.map(condition => ({
      name: 'kube_pod_status_ready',
      labels: { ...labels, condition },
      value: flag(condition === readyState),
    })),
  ];
  for (const container of asRecords(pod.status?.containerStatuses)) {
    const own = { ...labels, container: asString(container.name) ?? '' };
    const waiting = asString(
      asRecord(asRecord(container.state).waiting).reason,
    );
    samples.push(
      {
        name: 'kube_pod_container_status_restarts_total',
        labels: own,
        value: asNumber(container.restartCount) ?? 0,
      },
      {
        name: 'kube_pod_container_status_ready',
        labels: own,
        value: flag(container.ready === true),
      },
    );
    if (waiting) {
      samples.push({
        name: 'kube_pod_container_status_waiting_reason',
        labels: { ...own, reason: waiting },
        value: 1,
      });
    }
  }
  for (const container of asRecords(pod.spec?.containers)) {
    const resources = asRecord(container.resources);
    for (const kind of ['requests', 'limits']) {
      const amounts = asRecord(resources[kind]);
      for (const [resource, unit] of [
        ['cpu', 'core'],
        ['memory', 'byte'],
      ]) {
        if (amounts[resource] === undefined) continue;
        samples.push({
          name: `kube_pod_container_resource_${kind}`,
          labels: {
            ...labels,
            container: asString(container.name) ?? '',
            resource,
            unit,
            node: asString(pod.spec?.nodeName) ?? '',
          },
          value: quantity(amounts[resource]),
        });
      }
    }
  }
  return samples;
}

function replicaSamples(
  kind: 'deployment' | 'statefulset',
  object: KubernetesObject,
): ObjectSample[] {
  const labels = {
    ...JOB,
    namespace: object.metadata.namespace ?? '',
    [kind]: object.metadata.name,
  };
  const status = object.status ?? {};
  const sample = (name: string, value: unknown): ObjectSample => ({
    name: `kube_${kind}_${name}`,
    labels,
    value: asNumber(value) ?? 0,
  });
  const updated = asNumber(status.updatedReplicas) ?? 0;
  return kind === 'deployment'
    ? [
        sample('spec_replicas', object.spec?.replicas ?? 1),
        sample('status_replicas', status.replicas),
        sample('status_replicas_available', status.availableReplicas),
        sample('status_replicas_unavailable', status.unavailableReplicas),
        sample('status_replicas_updated', updated),
        sample('status_replicas_ready', status.readyReplicas),
        sample('metadata_generation', object.metadata.generation),
        sample('status_observed_generation', status.observedGeneration),
      ]
    : [
        sample('replicas', object.spec?.replicas ?? 1),
        sample('status_replicas', status.replicas),
        sample('status_replicas_ready', status.readyReplicas),
        sample('status_replicas_updated', updated),
      ];
}

function nodeSamples(node: KubernetesObject): ObjectSample[] {
  const labels = { ...JOB, node: node.metadata.name };
  const info = asRecord(node.status?.nodeInfo);
  const samples: ObjectSample[] = [
    {
      name: 'kube_node_info',
      labels: {
        ...labels,
        kernel_version: asString(info.kernelVersion) ?? '',
        os_image: asString(info.osImage) ?? '',
        container_runtime_version: asString(info.containerRuntimeVersion) ?? '',
        kubelet_version: asString(info.kubeletVersion) ?? '',
      },
      value: 1,
    },
    {
      name: 'kube_node_spec_unschedulable',
      labels,
      value: flag(node.spec?.unschedulable === true),
    },
  ];
  for (const name of Object.keys(node.metadata.labels ?? {})) {
    const role = /^node-role\.kubernetes\.io\/(.+)$/.exec(name)?.[1];
    if (role) {
      samples.push({
        name: 'kube_node_role',
        labels: { ...labels, role },
        value: 1,
      });
    }
  }
  for (const condition of asRecords(node.status?.conditions)) {
    const state = (asString(condition.status) ?? 'unknown').toLowerCase();
    for (const status of CONDITION_STATES) {
      samples.push({
        name: 'kube_node_status_condition',
        labels: {
          ...labels,
          condition: asString(condition.type) ?? '',
          status,
        },
        value: flag(status === state),
      });
    }
  }
  for (const kind of ['allocatable', 'capacity']) {
    const amounts = asRecord(node.status?.[kind]);
    for (const [resource, name, unit] of [
      ['cpu', 'cpu', 'core'],
      ['memory', 'memory', 'byte'],
      ['pods', 'pods', 'integer'],
      ['ephemeral-storage', 'ephemeral_storage', 'byte'],
    ]) {
      samples.push({
        name: `kube_node_status_${kind}`,
        labels: { ...labels, resource: name, unit },
        value: quantity(amounts[resource]),
      });
    }
  }
  return samples;
}

/** What kube-state-metrics says about an object; undefined for kinds it is not asked about here. */
export const kubeStateSamples: Readonly<
  Record<string, (object: KubernetesObject) => ObjectSample[]>
> = {
  pods: podSamples,
  nodes: nodeSamples,
  'deployments.apps': object => replicaSamples('deployment', object),
  'statefulsets.apps': object => replicaSamples('statefulset', object),
};
