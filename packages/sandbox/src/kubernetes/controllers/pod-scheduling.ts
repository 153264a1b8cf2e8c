import { timestamp } from '../storage/timestamp';
import type { KubernetesObject } from '../store';
import type { ControllerContext } from './context';
import { keyOf } from './context';
import { condition, withCondition } from './pod-state';
import { chooseNode, type NodeLoad } from './scheduler';

/**
 * The instant to note for what happens to a pod now. In a world that starts
 * settled, everything happened when the pod was made.
 */
export function momentOf(
  { clock, settling }: ControllerContext,
  pod: KubernetesObject,
): string {
  const now = timestamp(clock.now());
  return settling ? pod.metadata.creationTimestamp ?? now : now;
}

/** Assigns a pod to a node; says why on the pod when none will have it. */
export function schedulePod(
  context: ControllerContext,
  pod: KubernetesObject,
  load: NodeLoad,
): boolean {
  const { store, events } = context;
  const nodes = store.list('nodes');
  const node = chooseNode(pod, nodes, load);
  const now = momentOf(context, pod);
  if (node) {
    store.put('pods', {
      ...pod,
      spec: { ...pod.spec, nodeName: node.metadata.name },
      status: {
        ...pod.status,
        phase: 'Pending',
        conditions: withCondition(
          pod.status?.conditions,
          { type: 'PodScheduled', status: 'True' },
          now,
        ),
      },
    });
    events.record(
      pod,
      'Normal',
      'Scheduled',
      `Successfully assigned ${keyOf(pod)} to ${node.metadata.name}`,
      'default-scheduler',
    );
    return true;
  }
  if (condition(pod, 'PodScheduled')?.reason !== 'Unschedulable') {
    const message = `0/${nodes.length} nodes are available.`;
    events.record(
      pod,
      'Warning',
      'FailedScheduling',
      message,
      'default-scheduler',
    );
    store.putStatus('pods', pod.metadata.namespace, pod.metadata.name, {
      ...pod.status,
      phase: 'Pending',
      conditions: withCondition(
        pod.status?.conditions,
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message,
        },
        now,
      ),
    });
  }
  return false;
}
