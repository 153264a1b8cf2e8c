import { NotFoundError } from '@backstage/errors';
import {
  withoutSideMetadata,
  type Canary,
} from '@orrery/backstage-plugin-delivery-common';
import { parseRef } from '@orrery/backstage-plugin-orrery-common';
import {
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
  type ObjectKey,
  type ResourceType,
} from '@orrery/backstage-plugin-orrery-node';

const POD_HASH = 'rollouts-pod-template-hash';

/** Kinds that a Rollout can borrow its template from. */
const BORROWED: Record<string, ResourceType> = {
  Deployment: RESOURCE_TYPES.deployments,
  ReplicaSet: RESOURCE_TYPES.replicaSets,
};

type Json = Record<string, unknown>;
const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};

/** What `undo` patches: the Rollout's template, or that of the workload that it borrows from. */
export async function rolloutUndo(
  client: ClusterClient,
  canary: Canary,
  live: KubernetesObject,
): Promise<
  {
    type: ResourceType | undefined;
    key: ObjectKey | undefined;
    subresource?: 'status';
    patch: object;
  }[]
> {
  const ref = parseRef(canary.ref);
  const hash = canary.stable.podSelector[POD_HASH];
  const { namespace } = live.metadata;
  const { items } = await client.list(ref.cluster, RESOURCE_TYPES.replicaSets, {
    namespace,
    labelSelector: `${POD_HASH}=${hash}`,
  });
  const set = items.find(({ metadata }) =>
    metadata.ownerReferences?.some(
      ({ kind, name }) => kind === 'Rollout' && name === live.metadata.name,
    ),
  );
  if (!set) {
    throw new NotFoundError(
      `The ReplicaSet of the stable version ${canary.stableVersion} is gone: its template is not known any more`,
    );
  }
  const template = asObject(asObject(set.spec).template);
  const patch = { spec: { template: withoutSideMetadata(template, live) } };
  const borrowed = asObject(asObject(live.spec).workloadRef);
  const type = BORROWED[String(borrowed.kind)];
  return [
    type
      ? { type, key: { namespace, name: String(borrowed.name) }, patch }
      : { type: undefined, key: undefined, patch },
  ];
}
