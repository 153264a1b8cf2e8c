import {
  workloadKindSchema,
  type WorkloadKind,
} from '@orrery/backstage-plugin-delivery-common';
import {
  parseTarget,
  type ClusterClient,
  type KubernetesObject,
  type NamedObject,
  type OrreryConfig,
  type PrometheusClient,
  type ResourceType,
} from '@orrery/backstage-plugin-orrery-node';
import type { ImageRegistry } from '../../registry/types';
import { WORKLOAD_TYPES } from '../objects';
import type { WorkloadIndexes } from '../WorkloadIndexes';

export const FIELD_MANAGER = 'orrery';

/** What actions on workloads work with. */
export type ActionTools = {
  client: ClusterClient;
  config: OrreryConfig;
  indexes: WorkloadIndexes;
  registry: ImageRegistry;
  /** By name of the cluster; one without has no metrics. */
  prometheus: ReadonlyMap<string, PrometheusClient>;
  /**
   * A sentence about a canary that runs on the workload, to be told before it
   * is changed; undefined when there is none.
   */
  canaryOf?: (ref: string) => Promise<string | undefined>;
  now?: () => Date;
  /** How often a rollout is looked at while it is followed. */
  pollMilliseconds?: number;
};

/** A workload that an action is about. */
export type WorkloadTarget = NamedObject & {
  kind: WorkloadKind;
  type: ResourceType;
};

/**
 * Reads the field `workload`.
 *
 * @throws InvalidValueError that names it
 */
export function workloadTarget(
  workload: string,
  kinds: readonly WorkloadKind[],
  config: OrreryConfig,
): WorkloadTarget {
  const target = parseTarget('workload', workload, { kinds, config });
  const kind = workloadKindSchema.parse(target.kind);
  return { ...target, kind, type: WORKLOAD_TYPES[kind] };
}

/** The workload as the API server has it now. */
export function readWorkload(
  client: ClusterClient,
  { cluster, type, namespace, name }: WorkloadTarget,
): Promise<KubernetesObject> {
  return client.get<KubernetesObject>(cluster, type, { namespace, name });
}
