import {
  deliveryWorkloadPermissions,
  rollBackInputSchema,
  setTemplate,
  type WorkloadRevision,
} from '@orrery/backstage-plugin-delivery-common';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import {
  RESOURCE_TYPES,
  type ClusterClient,
  type KubernetesObject,
} from '@orrery/backstage-plugin-orrery-node';
import { dataOf, listControllerRevisions, revisionOf } from '../readRevisions';
import type { ActionTools, WorkloadTarget } from './ActionTools';
import {
  createWorkloadAction,
  type WorkloadAction,
} from './createWorkloadAction';

function templateIn(spec: unknown): object | undefined {
  const template: unknown =
    typeof spec === 'object' && spec !== null
      ? Reflect.get(spec, 'template')
      : undefined;
  return typeof template === 'object' && template !== null
    ? template
    : undefined;
}

type Past = Pick<WorkloadRevision, 'revision' | 'name'> & {
  template: object | undefined;
};

/** All revisions with their templates, from the API server itself. */
async function readPast(
  client: ClusterClient,
  target: WorkloadTarget,
): Promise<Past[]> {
  const { cluster, namespace, kind, name } = target;
  if (kind === 'StatefulSet' || kind === 'DaemonSet') {
    const revisions = await listControllerRevisions(client, target);
    return revisions.map(object => ({
      revision: Number(object.revision ?? 0),
      name: object.metadata.name,
      template: templateIn(dataOf(object).spec),
    }));
  }
  const { items } = await client.list<KubernetesObject>(
    cluster,
    RESOURCE_TYPES.replicaSets,
    { namespace },
  );
  return items
    .filter(({ metadata }) =>
      metadata.ownerReferences?.some(
        owner => owner.kind === kind && owner.name === name,
      ),
    )
    .map(object => ({
      revision: revisionOf(object),
      name: object.metadata.name,
      template: templateIn(object.spec),
    }));
}

/** Returns a workload to the pod template of an earlier revision. */
export function createRollBackAction(
  tools: ActionTools,
): WorkloadAction<typeof rollBackInputSchema> {
  return createWorkloadAction(tools, {
    name: 'roll-back',
    title: 'Roll back',
    description:
      'Returns a workload to the pod template of an earlier revision: image, environment, resources and probes.',
    input: rollBackInputSchema,
    permission: deliveryWorkloadPermissions.rollBack,
    kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'],
    replacesPods: true,
    accepted: 'the earlier revision',
    undo: () => 'Roll back to the revision that was current before.',

    async change({ revision }, { object, target }) {
      const past = await readPast(tools.client, target);
      const found = past.find(candidate => candidate.revision === revision);
      if (!found?.template) {
        const known = past
          .map(candidate => candidate.revision)
          .sort((left, right) => right - left);
        throw new InvalidValueError(
          'revision',
          known.length > 0
            ? `a revision that the cluster still has (${known.join(', ')})`
            : 'a workload that has earlier revisions',
          revision,
        );
      }
      return {
        after: setTemplate(object, found.template),
        summary: `Roll ${target.kind} ${target.name} in ${target.namespace} back to revision ${revision} (${found.name})`,
      };
    },
  });
}
