import type { KubernetesObject } from '../store';
import { asObjects, asText } from '../values';
import {
  ageColumn,
  nameColumn,
  pathColumn,
  textColumn,
  type Column,
} from './column';
import { joined } from './text';

function nodeStatus(node: KubernetesObject): string {
  const ready = asObjects(node.status?.conditions).find(
    condition => condition.type === 'Ready',
  );
  const state =
    { True: 'Ready', False: 'NotReady' }[asText(ready?.status) ?? ''] ??
    (ready ? 'NotReady' : 'Unknown');
  return node.spec?.unschedulable === true
    ? `${state},SchedulingDisabled`
    : state;
}

function nodeRoles(node: KubernetesObject): string {
  const prefix = 'node-role.kubernetes.io/';
  return joined(
    Object.keys(node.metadata.labels ?? {})
      .filter(key => key.startsWith(prefix))
      .map(key => key.slice(prefix.length))
      .sort(),
  );
}

function nodeAddress(type: string) {
  return (node: KubernetesObject) =>
    asObjects(node.status?.addresses).find(entry => entry.type === type)
      ?.address ?? '<none>';
}

/** Columns of nodes. */
export const nodeColumns: Column[] = [
  nameColumn,
  textColumn('Status', nodeStatus),
  textColumn('Roles', nodeRoles),
  ageColumn,
  pathColumn('Version', 'status.nodeInfo.kubeletVersion'),
  textColumn('Internal-IP', nodeAddress('InternalIP'), 1),
  textColumn('External-IP', nodeAddress('ExternalIP'), 1),
  pathColumn('OS-Image', 'status.nodeInfo.osImage', 1),
  pathColumn('Kernel-Version', 'status.nodeInfo.kernelVersion', 1),
  pathColumn('Container-Runtime', 'status.nodeInfo.containerRuntimeVersion', 1),
];
