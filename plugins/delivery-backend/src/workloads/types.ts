import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  WorkloadDetails,
  WorkloadList,
} from '@orrery/backstage-plugin-delivery-common';

/** Which workloads are asked for; absent means all. */
export type WorkloadQuery = {
  cluster?: string;
  namespaces: readonly string[];
  app?: string;
};

/** Answers about workloads, whoever asks. */
export interface SharedWorkloadsService {
  list(query: WorkloadQuery): Promise<WorkloadList>;
  /** @throws InvalidValueError and NotFoundError about the ref */
  details(ref: string): Promise<WorkloadDetails>;
}

/** Answers about workloads, with what a caller may see. */
export interface WorkloadsService {
  list(
    query: WorkloadQuery,
    credentials: BackstageCredentials,
  ): Promise<WorkloadList>;
  details(
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<WorkloadDetails>;
}
