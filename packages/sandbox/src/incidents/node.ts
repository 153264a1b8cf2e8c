import type { KubernetesObject } from '../kubernetes/store';
import { asRecords } from '../simulator/read';
import { kubernetesTime } from '../world/names';
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

function podsOn({ store }: IncidentContext, node: string): KubernetesObject[] {
  return store.list('pods').filter(pod => pod.spec?.nodeName === node);
}

function setPodsReady(
  context: IncidentContext,
  node: string,
  ready: boolean,
): void {
  const now = kubernetesTime(context.clock.now());
  for (const pod of podsOn(context, node)) {
    context.store.putStatus('pods', pod.metadata.namespace, pod.metadata.name, {
      ...pod.status,
      conditions: asRecords(pod.status?.conditions).map(condition =>
        condition.type === 'Ready'
          ? {
              ...condition,
              status: ready ? 'True' : 'False',
              lastTransitionTime: now,
            }
          : condition,
      ),
    });
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
    setPodsReady(context, node, false);
  },
  stop: context => {
    const node = victim(context.world);
    if (!node) return;
    context.effects.setUnreachable(node, false);
    setNodeReady(context, node, true);
    setPodsReady(context, node, true);
  },
};
