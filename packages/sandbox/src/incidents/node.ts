import { asRecords } from '../simulator/read';
import { nodeConditions } from '../world/objects/nodes';
import type { World } from '../world/types';
import type { Incident, IncidentContext } from './incident';

/** The node controller waits this long before it gives a silent node up. */
const GRACE_SECONDS = 40;

function victim(world: World): string | undefined {
  return world.nodes.find(node => node.role === 'worker')?.name;
}

function setNodeReady(
  { store, clock }: IncidentContext,
  name: string,
  ready: boolean,
): void {
  const node = store.get('nodes', undefined, name);
  if (!node) return;
  store.putStatus('nodes', undefined, name, {
    ...node.status,
    conditions: nodeConditions(clock.now(), clock.now(), ready),
  });
}

/** Pods are ready only on a ready node. */
function reviewPods({ store, reviewPod }: IncidentContext, node: string): void {
  for (const { metadata, spec } of store.list('pods')) {
    if (spec?.nodeName === node) {
      reviewPod(metadata.namespace ?? 'default', metadata.name);
    }
  }
}

/** A worker drops off the network: first its pods fail, then Kubernetes notices. */
export const nodeDown: Incident = {
  name: 'node-down',
  title: 'A worker node is down',
  description:
    'The first worker drops off the network. For forty seconds callers still try its pods (503 UF); then the node is NotReady and its pods leave the endpoints.',
  applies: world => victim(world) !== undefined,
  start: context => {
    const node = victim(context.world);
    if (node) context.effects.setUnreachable(node, true);
  },
  advance: (context, seconds) => {
    const node = victim(context.world);
    if (!node || seconds < GRACE_SECONDS) return;
    const status = context.store.get('nodes', undefined, node)?.status;
    const noticed = asRecords(status?.conditions).some(
      condition => condition.type === 'Ready' && condition.status !== 'True',
    );
    if (noticed) return;
    setNodeReady(context, node, false);
    reviewPods(context, node);
  },
  stop: context => {
    const node = victim(context.world);
    if (!node) return;
    context.effects.setUnreachable(node, false);
    setNodeReady(context, node, true);
    reviewPods(context, node);
  },
};
