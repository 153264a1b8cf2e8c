import {
  CANARY_OF_LABEL,
  type WorkloadKind,
} from '@orrery/backstage-plugin-delivery-common';
import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';

/**
 * Ref of the canary that walks changes of a workload, by what the workload
 * itself says: a Rollout is one, Flagger names its targets, and the second
 * Deployment of a plan of our own names the first.
 *
 * @param flagger - name of the Canary of Flagger that the workload is of
 */
export function canaryOf(
  cluster: string,
  kind: WorkloadKind,
  { metadata, spec }: KubernetesObject,
  flagger: string | undefined,
): string | undefined {
  const { namespace = 'default', name, labels = {} } = metadata;
  const refOf = (canaryKind: string, canary: string) =>
    formatRef({
      type: 'workload',
      cluster,
      namespace,
      kind: canaryKind,
      name: canary,
    });
  const stable = labels[CANARY_OF_LABEL];
  const strategy: unknown = Reflect.get(Object(spec), 'strategy');
  const isWalked = ['canary', 'blueGreen'].some(
    way => Reflect.get(Object(strategy), way) !== undefined,
  );
  if (kind === 'Rollout') {
    return isWalked ? refOf('Rollout', name) : undefined;
  }
  if (flagger !== undefined) {
    return refOf('Canary', flagger);
  }
  return stable === undefined ? undefined : refOf('CanaryPlan', stable);
}
