import { KUBERNETES_VERSION, kubernetesTime } from '../names';
import type { NamespaceSpec, NodeSpec, World } from '../types';
import { item, type BuildContext, type Item } from './item';

const DAY_HOURS = 24;

const roleLabels: Record<NodeSpec['role'], Record<string, string>> = {
  'control-plane': { 'node-role.kubernetes.io/control-plane': '' },
  worker: { 'node-role.kubernetes.io/worker': '' },
  edge: { 'node-role.kubernetes.io/edge': '' },
};

const roleTaints: Record<NodeSpec['role'], unknown[] | undefined> = {
  'control-plane': [
    { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' },
  ],
  worker: undefined,
  edge: [{ key: 'node-role.kubernetes.io/edge', effect: 'NoSchedule' }],
};

/** Status conditions of a node, healthy or lost. */
export function nodeConditions(now: number, since: number, ready: boolean) {
  const condition = (
    type: string,
    status: string,
    reason: string,
    message: string,
  ) => ({
    type,
    status,
    reason,
    message,
    lastHeartbeatTime: kubernetesTime(now),
    lastTransitionTime: kubernetesTime(since),
  });
  if (!ready) {
    return ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map(
      type =>
        condition(
          type,
          'Unknown',
          'NodeStatusUnknown',
          'Kubelet stopped posting node status.',
        ),
    );
  }
  return [
    condition(
      'MemoryPressure',
      'False',
      'KubeletHasSufficientMemory',
      'kubelet has sufficient memory available',
    ),
    condition(
      'DiskPressure',
      'False',
      'KubeletHasNoDiskPressure',
      'kubelet has no disk pressure',
    ),
    condition(
      'PIDPressure',
      'False',
      'KubeletHasSufficientPID',
      'kubelet has sufficient PID available',
    ),
    condition(
      'Ready',
      'True',
      'KubeletReady',
      'kubelet is posting ready status',
    ),
  ];
}

/** Address of a node in the world's network. */
export function nodeAddress(index: number): string {
  return `10.20.${Math.floor(index / 200)}.${10 + (index % 200)}`;
}

/** The machines of the world. */
export function buildNodes(world: World, context: BuildContext): Item[] {
  return world.nodes.map((node, index) => {
    const created = context.now - node.ageDays * DAY_HOURS * 3_600_000;
    const memory = `${node.memoryGibibytes * 1024 * 1024}Ki`;
    const quantities = { pods: '110', 'ephemeral-storage': '209702912Ki' };
    return item(
      context,
      'nodes',
      'v1',
      'Node',
      {
        name: node.name,
        ageHours: node.ageDays * DAY_HOURS,
        labels: {
          'kubernetes.io/hostname': node.name,
          'kubernetes.io/os': 'linux',
          'kubernetes.io/arch': 'amd64',
          'topology.kubernetes.io/region': 'shanghai',
          'topology.kubernetes.io/zone': `shanghai-${'abc'[index % 3]}`,
          ...roleLabels[node.role],
        },
      },
      {
        spec: {
          podCIDR: `10.244.${index}.0/24`,
          podCIDRs: [`10.244.${index}.0/24`],
          ...(roleTaints[node.role] ? { taints: roleTaints[node.role] } : {}),
        },
        status: {
          capacity: { cpu: `${node.cpuCores}`, memory, ...quantities },
          allocatable: {
            cpu: `${node.cpuCores * 1000 - 200}m`,
            memory: `${(node.memoryGibibytes - 1) * 1024 * 1024}Ki`,
            ...quantities,
          },
          conditions: nodeConditions(context.now, created, true),
          addresses: [
            { type: 'InternalIP', address: nodeAddress(index) },
            { type: 'Hostname', address: node.name },
          ],
          nodeInfo: {
            machineID: node.name,
            systemUUID: node.name,
            bootID: node.name,
            kernelVersion: '6.1.0-28-amd64',
            osImage: 'Debian GNU/Linux 12 (bookworm)',
            containerRuntimeVersion: 'containerd://1.7.24',
            kubeletVersion: KUBERNETES_VERSION,
            kubeProxyVersion: KUBERNETES_VERSION,
            operatingSystem: 'linux',
            architecture: 'amd64',
          },
          daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
        },
      },
    );
  });
}

/** What asks for sidecars: of the default revision, or of one by its name. */
function injectionLabels({
  dataPlane,
  revision,
}: NamespaceSpec): Record<string, string> {
  if (dataPlane !== 'sidecar') return {};
  return revision
    ? { 'istio.io/rev': revision }
    : { 'istio-injection': 'enabled' };
}

/** The namespaces of the world, with the labels that put them into the mesh. */
export function buildNamespaces(world: World, context: BuildContext): Item[] {
  const oldest = Math.max(...world.nodes.map(node => node.ageDays)) * DAY_HOURS;
  const build = (name: string, labels: Record<string, string>) =>
    item(
      context,
      'namespaces',
      'v1',
      'Namespace',
      {
        name,
        ageHours: oldest - 1,
        labels: { 'kubernetes.io/metadata.name': name, ...labels },
      },
      { spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } },
    );
  return [
    build('default', {}),
    build('kube-system', {}),
    build('kube-public', {}),
    build('kube-node-lease', {}),
    build('istio-system', {}),
    ...world.namespaces.map(namespace =>
      build(namespace.name, {
        ...injectionLabels(namespace),
        ...(namespace.dataPlane === 'ambient'
          ? { 'istio.io/dataplane-mode': 'ambient' }
          : {}),
        'app.kubernetes.io/part-of': namespace.domain,
      }),
    ),
  ];
}
