import type {
  ProposableAction,
  WorkloadKind,
} from '@orrery/backstage-plugin-delivery-common';
import { workloadKindSchema } from '@orrery/backstage-plugin-delivery-common';
import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import type {
  ClusterClient,
  OrreryConfig,
  ResourceType,
} from '@orrery/backstage-plugin-orrery-node';
import type { GitLabClient } from '../gitlab/GitLabClient';
import type { WorkloadAction } from '../workloads/actions';
import { workloadTarget } from '../workloads/actions/ActionTools';
import type { GitPlaces } from './GitPlaces';

/** What proposals are made with. */
export type ProposalTools = {
  client: ClusterClient;
  config: OrreryConfig;
  gitlab?: GitLabClient;
  places: GitPlaces;
  proposable: Readonly<Record<ProposableAction, WorkloadAction>>;
  typeOf: (kind: WorkloadKind) => ResourceType;
  /** Name and address of a person, for commits; undefined where they are not known. */
  personOf: (
    entityRef: string,
  ) => Promise<{ name: string; email: string } | undefined>;
};

/** @throws InvalidValueError that names the field `workload` */
export function proposalTarget(
  { config }: Pick<ProposalTools, 'config'>,
  { workload }: { workload: string },
): string {
  const target = workloadTarget(workload, workloadKindSchema.options, config);
  return formatRef({ ...target, type: 'workload' });
}
